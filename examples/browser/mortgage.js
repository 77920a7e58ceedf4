// The mortgage calculator: exact schedules on the page's own thread, at every keystroke.
import init, { WherewithalError, debt } from "wherewithal-wasm/debt";

import { draw, money } from "./chart.js";

await init();

const form = document.getElementById("mortgage");
const show = (id, text) => (document.getElementById(id).textContent = text);

function calculate() {
  const { principal, rate, years, firstPayment, extra } = Object.fromEntries(new FormData(form));
  const error = document.getElementById("mortgage-error");
  error.hidden = true;
  try {
    const loan = { principal, annualRate: percent(rate), termMonths: Number(years) * 12, firstPayment };
    const plain = debt.amortize(loan);
    const faster = debt.amortize({ ...loan, extraMonthlyPayment: extra || "0" });
    show("payment", money(plain.payment));
    show("interest", money(faster.totalInterest));
    show("payoff", new Date(faster.payoffDate).toLocaleDateString("en-US", { month: "short", year: "numeric", timeZone: "UTC" }));
    show("saving", money(Number(plain.totalInterest) - Number(faster.totalInterest)));
    showSchedule(faster.schedule);
    const balances = ({ schedule }) => [
      [0, Number(schedule[0].opening)],
      ...schedule.map(({ number, balance }) => [number / 12, Number(balance)]),
    ];
    draw(document.getElementById("balance-chart"), {
      lines: [
        { class: "dashed", points: balances(plain) },
        { class: "line", points: balances(faster) },
      ],
    });
  } catch (thrown) {
    if (!(thrown instanceof WherewithalError)) throw thrown;
    error.textContent = thrown.message;
    error.hidden = false;
  }
}

/** `6.5` as `0.065`, by moving the point in the text: arithmetic on numbers would not be exact. */
function percent(text) {
  const [whole, fraction = ""] = text.split(".");
  const digits = whole.padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}${fraction}`;
}

function showSchedule(schedule) {
  const rows = schedule.map(({ date, payment, interest, principal, balance }) => {
    const row = document.createElement("tr");
    for (const text of [date, payment, interest, principal, balance]) row.insertCell().textContent = text;
    return row;
  });
  document.getElementById("schedule").replaceChildren(...rows);
}

form.addEventListener("input", calculate);
addEventListener("resize", calculate);
calculate();
