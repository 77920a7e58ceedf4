//! The same code compiled for several instruction sets, chosen when it runs.
//!
//! Wider registers do more lanes at a time; each lane does the same operations in the same order (additions,
//! multiplications, divisions and square roots of IEEE 754, never a fused multiply-add), so the bits do not depend
//! on the choice.

/// Work that gains from wide registers. Its `run` and all that it calls must be `#[inline(always)]`: code that is
/// not inlined keeps the instruction set of the build.
pub(crate) trait Kernel {
    /// Does the work.
    fn run(self);
}

/// Runs a kernel with the widest registers of this machine.
#[inline]
pub(crate) fn dispatch<K: Kernel>(kernel: K) {
    #[cfg(target_arch = "x86_64")]
    {
        if has_avx512() {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// One division and one product of each lane, which differ in the last bit if they were ever fused.
    struct Mix<'a>(&'a mut [f64; 64]);

    impl Kernel for Mix<'_> {
        #[inline(always)]
        fn run(self) {
            for x in self.0.iter_mut() {
                *x = (*x / 3.0) * *x - 1.0 / (1.0 + *x * *x);
            }
        }
    }

    #[test]
    fn every_instruction_set_gives_the_same_bits() {
        let start: [f64; 64] = std::array::from_fn(|i| 0.1 + i as f64 * 0.7);
        let mut plain = start;
        Mix(&mut plain).run();
        let mut widest = start;
        dispatch(Mix(&mut widest));
        assert_eq!(plain.map(f64::to_bits), widest.map(f64::to_bits));
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            let mut middle = start;
            #[expect(unsafe_code, reason = "the feature was detected")]
            unsafe {
                run_avx2(Mix(&mut middle));
            }
            assert_eq!(plain.map(f64::to_bits), middle.map(f64::to_bits));
        }
    }
}
