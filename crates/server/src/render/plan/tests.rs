//! A plan for the tests of its sections.

use std::sync::LazyLock;

use wherewithal::{
    control::Control,
    household::Household,
    plan::{self, Plan, PlanInput},
};

static SAMPLE: LazyLock<Plan> = LazyLock::new(|| {
    let document = include_bytes!("../../../../../examples/households/rivera.json");
    let household: Household = wherewithal_contract::wire::decode(document).expect("a household");
    let request = PlanInput { paths: 200, ..PlanInput::new(household) };
    plan::build(&request, &Control::default()).expect("a plan")
});

/// The plan of the household of the demo, with few paths.
pub(crate) fn sample() -> Plan {
    SAMPLE.clone()
}

#[test]
fn the_page_is_well_formed_and_complete() {
    let plan = sample();
    let page = super::html::standalone(&plan, None).into_string();
    crate::render::html::tests::assert_well_formed(&page);
    for heading in [
        "Where you stand",
        "Will it last?",
        "The years ahead",
        "What moves it most",
        "What to do about it",
        "What it rests on",
    ] {
        assert_eq!(page.matches(&format!(">{heading}</h2>")).count(), 1, "{heading}");
    }
    for assumption in &plan.assumptions {
        let field = maud::html! { (assumption.field) }.into_string();
        assert!(page.contains(&field), "{field}");
    }
    for chart in ["fan", "received", "worth", "tornado"] {
        for size in ["wide", "narrow"] {
            assert_eq!(page.matches(&format!("id=\"{chart}-{size}-title\"")).count(), 1, "{chart} {size}");
        }
    }
    // One table of every year behind each chart, and one of what it pays for.
    let rows =
        page.matches(&format!("<th scope=\"row\" class=\"word\">{}</th>", plan.result.years[7].year)).count();
    assert!(rows >= 4, "{rows}");
}
