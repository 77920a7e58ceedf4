"""Raw calls, progress, cancellation, signals, threads and forks."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

import wherewithal as ww

LONG = {
    "initialBalance": 1e5,
    "months": 600,
    "expectedReturn": 0.05,
    "volatility": 0.15,
    "paths": 200_000,
    "seed": 1,
}


def long_run(**changes: object) -> object:
    arguments = {
        "initial_balance": 1e5,
        "months": 600,
        "expected_return": 0.05,
        "volatility": 0.15,
        "paths": 200_000,
        "seed": 1,
    }
    return ww.simulation.run(**arguments | changes)  # type: ignore[arg-type]


def test_a_raw_call_takes_text_or_bytes_and_returns_text() -> None:
    text = '{"nominalRate": 0.12, "periodsPerYear": 12}'
    answer = ww.call("time_value.effect", text)
    assert type(answer) is str
    assert ww.call("time_value.effect", text.encode()) == answer
    assert json.loads(answer)["value"] == ww.effect(0.12, 12)
    with pytest.raises(TypeError, match="not dict"):
        ww.call("time_value.effect", {})  # type: ignore[arg-type]
    with pytest.raises(ww.InvalidInput):
        ww.call("time_value.effect", b"\xff")
    assert "time_value.effect" in ww.operations() == sorted(ww.operations())


def test_progress_is_reported_in_the_calling_thread() -> None:
    seen: list[tuple[int, int, int]] = []
    long_run(on_progress=lambda done, total: seen.append((done, total, threading.get_ident())))
    assert seen, "a long run reports at least its end"
    assert [done for done, _, _ in seen] == sorted({done for done, _, _ in seen})
    assert seen[-1][0] == seen[-1][1]
    assert {thread for _, _, thread in seen} == {threading.get_ident()}


def test_a_callback_cancels_by_returning_false() -> None:
    with pytest.raises(ww.Cancelled) as caught:
        long_run(paths=1_500_000, on_progress=lambda done, total: False)
    assert caught.value.code == "operation.cancelled"


def test_a_callback_cancels_by_raising() -> None:
    class Enough(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Enough

    before = time.monotonic()
    with pytest.raises(Enough):
        long_run(paths=1_500_000, on_progress=stop)
    assert time.monotonic() - before < 10


def test_other_threads_run_meanwhile() -> None:
    ticks = 0
    stop = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not stop.is_set():
            ticks += 1
            time.sleep(0.001)

    ticker = threading.Thread(target=tick)
    ticker.start()
    before = ticks
    try:
        long_run()
        during = ticks - before
    finally:
        stop.set()
        ticker.join()
    assert during > 20


def test_array_functions_release_the_interpreter() -> None:
    import numpy as np

    rows = 1_000_000
    payments = np.full(rows, -60.0)
    counted = 0
    stop = threading.Event()

    def count() -> None:
        nonlocal counted
        while not stop.is_set():
            counted += 1
            time.sleep(0.0005)

    counter = threading.Thread(target=count)
    counter.start()
    before = counted
    try:
        ww.rate(24, payments, 1000.0, 0.0)
        during = counted - before
    finally:
        stop.set()
        counter.join()
    assert during > 5


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT to send to one process")
def test_ctrl_c_cancels_a_long_run() -> None:
    program = (
        "import wherewithal as ww, sys\n"
        "told = []\n"
        "def tell(done, total):\n"
        "    if not told: print('started', flush=True); told.append(1)\n"
        "try:\n"
        "    ww.simulation.run(initial_balance=1e5, months=1200, expected_return=0.05, volatility=0.15,\n"
        "                      paths=900_000, seed=1, on_progress=tell)\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted', flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "started\n"
        before = time.monotonic()
        child.send_signal(signal.SIGINT)
        assert child.stdout.read() == "interrupted\n"
        assert child.wait(timeout=30) == 0
        assert time.monotonic() - before < 10


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT to send to one process")
def test_ctrl_c_cancels_an_operation_without_progress() -> None:
    program = (
        "import wherewithal as ww, json\n"
        "amounts = [-100.0 - i % 97 if i % 2 == 0 else 149.0 for i in range(200_000)]\n"
        "flows = json.dumps({'amounts': amounts, 'allRoots': {'lower': -0.99, 'upper': 10.0}})\n"
        "try:\n"
        "    print('started', flush=True)\n"
        "    ww.call('time_value.irr', flows)\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted', flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "started\n"
        time.sleep(0.3)
        before = time.monotonic()
        child.send_signal(signal.SIGINT)
        assert child.stdout.read() == "interrupted\n"
        assert child.wait(timeout=30) == 0
        assert time.monotonic() - before < 3


INTERRUPTED = {
    "a column of rates and a long series": "ww.npv(np.full(200_000, 0.05), np.ones(100_000))",
    "one series with many sign changes": "ww.irr(flows)",
    "many guesses for such a series": "ww.irr(flows, np.full(5000, 0.1), on_error='nan')",
    "many series": "ww.xirr_batch(days, [flows[:20_000]] * 80, on_error='nan')",
}


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT to send to one process")
@pytest.mark.parametrize("work", INTERRUPTED.values(), ids=INTERRUPTED.keys())
def test_ctrl_c_cancels_an_array_function(work: str) -> None:
    program = (
        "import wherewithal as ww, numpy as np\n"
        "flows = np.array([-100.0 - i % 97 if i % 2 == 0 else 149.0 for i in range(200_000)])\n"
        "days = [np.datetime64('2000-01-01') + np.arange(20_000)] * 80\n"
        "try:\n"
        "    print('started', flush=True)\n"
        f"    {work}\n"
        "    print('finished', flush=True)\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted', flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "started\n"
        time.sleep(0.3)
        before = time.monotonic()
        child.send_signal(signal.SIGINT)
        assert child.stdout.read() == "interrupted\n"
        assert child.wait(timeout=30) == 0
        assert time.monotonic() - before < 3


def in_child(queue: multiprocessing.SimpleQueue[object]) -> None:
    queue.put(ww.call("simulation.run", json.dumps(LONG | {"paths": 20_000})))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_process_has_threads_of_its_own() -> None:
    parent = ww.call("simulation.run", json.dumps(LONG | {"paths": 20_000}))
    context = multiprocessing.get_context("fork")
    queue = context.SimpleQueue()
    child = context.Process(target=in_child, args=(queue,))
    child.start()
    child.join(timeout=120)
    assert child.exitcode == 0
    assert queue.get() == parent


def test_the_number_of_threads_changes_no_bit() -> None:
    program = f"import wherewithal as ww; print(ww.call('simulation.run', {json.dumps(json.dumps(LONG))}))"
    answers = set()
    for threads in ("1", "2", "7"):
        environment = os.environ | {"RAYON_NUM_THREADS": threads}
        run = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
        )
        answers.add(run.stdout)
    assert len(answers) == 1
