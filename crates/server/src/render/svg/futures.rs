//! Ten futures, of which some succeed.

use maud::{Markup, html};

const STEP: f64 = 30.0;

/// Ten circles, as many of them filled as futures of ten succeed. The words beside it say the same.
pub(crate) fn picture(successes: u32) -> Markup {
    html! {
        svg class="futures" viewBox={ "0 0 " (10.0 * STEP) " " (STEP) } aria-hidden="true" {
            @for index in 0..10_u32 {
                circle class=(if index < successes { "succeeds" } else { "fails" })
                    cx=(STEP * (f64::from(index) + 0.5)) cy=(STEP / 2.0) r="11" {}
            }
        }
    }
}
