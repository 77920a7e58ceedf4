//! What the household can do: the most it can spend, the earliest age, the saving that is needed.

use wherewithal::{
    plan::{Plan, PlanAnswers, PlanQuestion},
    retirement::SpendingLevelKind,
};

use crate::render::{
    money::{grouped, percent, rounded},
    words::capital,
};

/// A question with its answer.
pub(super) struct Answer {
    pub(super) question: &'static str,
    /// The answer in a few characters; a dash without one.
    pub(super) figure: String,
    pub(super) text: String,
}

/// The questions with their answers, or why they have none; nothing without questions.
pub(super) fn answers(plan: &Plan) -> Vec<Answer> {
    let Some(answers) = &plan.answers else { return Vec::new() };
    vec![most_spending(plan, answers), earliest_age(plan, answers), needed_saving(plan, answers)]
}

/// What the answers hold for.
pub(super) fn condition(plan: &Plan) -> Option<String> {
    let answers = plan.answers.as_ref()?;
    let paths = if answers.paths < plan.result.paths {
        format!(", on {} of them", grouped(&answers.paths.to_string()))
    } else {
        String::new()
    };
    Some(format!(
        "Each answer changes one thing and leaves the rest of the plan as it is; with it the money lasts in {} of the \
         simulated futures{paths}. Amounts are in today's money.",
        percent(answers.confidence)
    ))
}

fn most_spending(plan: &Plan, answers: &PlanAnswers) -> Answer {
    let question = "The most you can spend";
    let currency = plan.currency.code();
    let Some(most) = &answers.maximum_spending else {
        return unanswered(question, answers, PlanQuestion::MaximumSpending);
    };
    let value = most.solution.value;
    match most.level {
        SpendingLevelKind::Share => Answer {
            question,
            figure: percent(value),
            text: "of the accounts a year, by the plan's spending rule.".to_owned(),
        },
        SpendingLevelKind::Amount => {
            let difference = value - answers.spending;
            let compared = match difference {
                d if d.abs() < 1.0 => "as much as planned".to_owned(),
                d if d < 0.0 => format!("{} less than planned", rounded(-d, currency)),
                d => format!("{} more than planned", rounded(d, currency)),
            };
            Answer {
                question,
                figure: format!("{} a year", rounded(value, currency)),
                text: format!(
                    "on living expenses from now on, {compared} ({}).",
                    rounded(answers.spending, currency)
                ),
            }
        }
    }
}

fn earliest_age(plan: &Plan, answers: &PlanAnswers) -> Answer {
    let question = "The earliest retirement";
    let Some(earliest) = &answers.earliest_retirement_age else {
        return unanswered(question, answers, PlanQuestion::EarliestRetirementAge);
    };
    let person = plan.retirement_plan.people.iter().find(|person| person.name == earliest.person);
    let compared = match person.map(|person| i64::from(earliest.age) - i64::from(person.retirement_age)) {
        None => String::new(),
        Some(0) => ", as planned".to_owned(),
        Some(years) => {
            let unit = if years.abs() == 1 { "year" } else { "years" };
            let than = if years < 0 { "earlier" } else { "later" };
            format!(", {} {unit} {than} than planned", years.abs())
        }
    };
    Answer {
        question,
        figure: format!("at {}", earliest.age),
        text: format!("{} could retire in {}{compared}.", earliest.person, earliest.year),
    }
}

fn needed_saving(plan: &Plan, answers: &PlanAnswers) -> Answer {
    let question = "The saving that is needed";
    let Some(saving) = &answers.required_saving else {
        return unanswered(question, answers, PlanQuestion::RequiredSaving);
    };
    if saving.value <= 0.0 {
        let text = "more than planned: the plan reaches the share of futures as it is.".to_owned();
        return Answer { question, figure: "nothing".to_owned(), text };
    }
    Answer {
        question,
        figure: format!("{} a year", rounded(saving.value, plan.currency.code())),
        text: "in addition to what is planned, until retirement.".to_owned(),
    }
}

fn unanswered(question: &'static str, answers: &PlanAnswers, which: PlanQuestion) -> Answer {
    let reason = answers.unanswered.iter().find(|unanswered| unanswered.question == which);
    let reason = reason.map_or("there is no answer", |unanswered| unanswered.reason.as_str());
    Answer { question, figure: "–".to_owned(), text: format!("{}.", capital(reason.trim_end_matches('.'))) }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::sample, *};

    #[test]
    fn every_question_has_an_answer_or_a_reason() {
        let plan = sample();
        let answers = answers(&plan);
        assert_eq!(answers.len(), 3);
        for answer in answers {
            assert!(!answer.figure.is_empty() && answer.text.len() > 10, "{}", answer.question);
            assert!(answer.text.ends_with('.') && !answer.text.ends_with(".."), "{}", answer.text);
        }
        assert!(condition(&plan).is_some_and(|text| text.contains("90.0\u{a0}%")));
    }
}
