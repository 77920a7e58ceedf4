//! The same code compiled for several instruction sets, selected at run time.
//!
//! Wider registers process more lanes at a time; each lane performs the same operations in the same order (additions,
//! multiplications, divisions and square roots of IEEE 754, never a fused multiply-add), so the bits do not depend on
//! the selection.

/// Work that benefits from wide registers. Its `run` and everything that it calls must be `#[inline(always)]`: code
/// that is not inlined keeps the instruction set of the build.
pub trait Kernel {
    /// Does the work.
    fn run(self);
}

/// Runs a kernel with the widest registers of this machine.
///
/// The kernel is compiled once for each instruction set. Builds with debug assertions (development and tests) leave out
/// the widest one, which gives the same bits; the tests of a kernel compare all those of this machine.
#[inline]
pub fn dispatch<K: Kernel>(kernel: K) {
    #[cfg(target_arch = "x86_64")]
    {
        if cfg!(not(debug_assertions)) && has_avx512() {
            #[expect(unsafe_code, reason = "the features that the function needs were detected")]
            return unsafe { run_avx512(kernel) };
        }
        if is_x86_feature_detected!("avx2") {
            #[expect(unsafe_code, reason = "the feature that the function needs was detected")]
            return unsafe { run_avx2(kernel) };
        }
    }
    kernel.run();
}

#[cfg(target_arch = "x86_64")]
fn has_avx512() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl")
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq,avx512vl")]
fn run_avx512<K: Kernel>(kernel: K) {
    kernel.run();
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn run_avx2<K: Kernel>(kernel: K) {
    kernel.run();
}

/// Every way in which [`dispatch`] could run a kernel on this machine, starting with the build's own instruction set,
/// for tests that compare them.
#[must_use]
pub fn ways<K: Kernel>() -> Vec<fn(K)> {
    #[cfg_attr(not(target_arch = "x86_64"), expect(unused_mut, reason = "there is one way"))]
    let mut ways: Vec<fn(K)> = vec![K::run];
    #[cfg(target_arch = "x86_64")]
    {
        #[expect(unsafe_code, reason = "called only where the feature was detected")]
        fn avx2<K: Kernel>(kernel: K) {
            unsafe { run_avx2(kernel) }
        }
        #[expect(unsafe_code, reason = "called only where the features were detected")]
        fn avx512<K: Kernel>(kernel: K) {
            unsafe { run_avx512(kernel) }
        }
        if is_x86_feature_detected!("avx2") {
            ways.push(avx2);
        }
        if has_avx512() {
            ways.push(avx512);
        }
    }
    ways
}
