//! The page of the array functions.

use std::fmt::Write;

use serde_json::Value;
use wherewithal_contract::arrays::Kind;

use super::{NOTICE, cell, operation_path};
use crate::codegen::{
    arrays::{ApiArgument, ApiArray},
    source::snake_case,
};

/// What a function answers that makes schedules.
const SCHEDULES: &str = "
The answer is columns of whole numbers, in the smallest unit of the currency: `interest`, `principal` and `balance` have
the rows of the first loan, then those of the second, and so on; `ends` has for each loan the index after its last row,
`payment` its regular payment and `total_interest` the sum of its interest. `places` is how many decimal places the
currency has. In Python the columns are numpy arrays of 64-bit integers, in JavaScript `BigInt64Array`s.
";

/// What a function makes of a table of trades. It is written by hand, and so is this.
const LOTS: &str = "
## lot_columns

The book of a table of trades, as columns: in Python only. It is the answer of [`lots.book`](lots/book.md) for the same trades, to \
the last digit, without losses that may not count (`probableWashSales`).

```python
lot_columns(date, kind, quantity, *, quantity_places, price, price_places, amount, fees, sequence, account, security, rules, \
accounts, securities)
```

| argument | what it is | meaning |
|---|---|---|
| `date` | list of dates | The day of each row. |
| `kind` | list of names, or of their numbers from 0 | `\"buy\"`, `\"sell\"`, `\"reinvest\"`, `\"dividend\"` or `\"return_of_capital\"`. |
| `quantity` | column of whole numbers | The shares, in units of 10 to the power of `-quantity_places`. |
| `quantity_places` | number | Decimal places of quantities, 0 to 18. Default: `0`. |
| `price` | column of whole numbers | The price of a share, or the dividend on one, in units of 10 to the power of `-price_places`. Either this or `amount`. |
| `price_places` | number | Decimal places of prices, 0 to 18. Default: `2`. |
| `amount` | column of whole numbers | What all shares cost or brought without fees, in the smallest unit of the book. |
| `fees` | column of whole numbers | Fees of purchases and sales, in the smallest unit of the book. |
| `sequence` | column of whole numbers | The place of each row among those of its day. Without it, purchases come before sales. |
| `account`, `security` | columns of whole numbers | The places of each row's account among `accounts` and security among `securities`, from 0. They may be left out with one. |
| `rules`, `accounts`, `securities` | as for `lots.book` | The rules; the accounts, absent for one taxable account; the securities, absent for one stock. |

The answer has the tables `disposals`, `lots`, `wash_sales` and `distribution_gains`, each a dictionary of numpy arrays that \
pandas and polars take as the columns of a frame, and `years`. A lot is named by the row of its purchase (`lot`) and by the number of \
its part (`part`). Amounts are whole numbers in units of 10 to the power of `-places`; `terms` and `rules` say what the numbers of \
`term` and `rule` stand for. Splits, mergers and other events do not fit a table, and nor do securities in another currency than \
the book: `lots.book` takes them.

Example: `lot_columns([\"2025-01-10\", \"2025-03-20\"], [\"buy\", \"sell\"], [10, 4], price=[5000, 5500])` has the column `proceeds` of \
`disposals`: 22000.
";

pub(super) fn page(functions: &[ApiArray<'_>]) -> String {
    let mut page = format!(
        "{NOTICE}# Array functions\n\n\
         An operation on many rows at once, without JSON in between: in Python `wherewithal.pmt(…)`, in Node and the \
         browser `arrays.pmt(…)`. The answer of each row is that of the operation, to the bit, and so are conventions, \
         limits and errors; the path of an error has the row, such as `rate[17]`.\n\n\
         A column is a number for all rows or one for each. Where every column is a number, so is the answer. In Python \
         arrays broadcast as in numpy and the answer has the form of the arguments; in JavaScript it is a `Float64Array`. \
         With `on_error=\"nan\"` (`onError` in JavaScript) a row without an answer is NaN.\n\n\
         Arguments after `*` are given by name: as keywords in Python, in an object as the last argument in \
         JavaScript, where names are in camel case.\n"
    );
    for function in functions {
        let operation = function.operation;
        let _ = write!(
            page,
            "\n## {}\n\n{} A row is the answer of [`{}`]({}).\n\n```python\n{}\n```\n\n",
            function.name,
            function.summary,
            operation.name,
            operation_path(operation),
            signature(function),
        );
        page.push_str("| argument | what it is | meaning |\n|---|---|---|\n");
        for of in &function.arguments {
            let _ = writeln!(page, "| `{}` | {} | {} |", snake_case(of.name()), kind(of), meaning(of));
        }
        let example = function.example;
        let answer = example.answers.join(", ");
        if !function.has_rows {
            page.push_str(SCHEDULES);
        }
        let part = if function.has_rows { "" } else { "the column `payment` of " };
        let _ = write!(page, "\nExample: {part}`{}({})` is {answer}.\n", function.name, example.arguments);
    }
    page.push_str(LOTS);
    page
}

fn signature(function: &ApiArray<'_>) -> String {
    let mut parameters = Vec::new();
    for of in &function.arguments {
        if of.is_option && !parameters.contains(&"*".to_owned()) {
            parameters.push("*".to_owned());
        }
        parameters.push(snake_case(of.name()));
    }
    if function.has_rows && !parameters.contains(&"*".to_owned()) {
        parameters.push("*".to_owned());
    }
    parameters.extend(function.has_rows.then(|| "on_error".to_owned()));
    format!("{}({})", function.name, parameters.join(", "))
}

fn kind(of: &ApiArgument<'_>) -> &'static str {
    match of.kind {
        Kind::Column => "column of numbers",
        Kind::Rates => "column of rates",
        Kind::Rate => "rate",
        Kind::Series => "list of numbers",
        Kind::Dates => "list of dates",
        Kind::Date => "date",
        Kind::Flag => "boolean",
        Kind::Choice { .. } => "name",
        Kind::ManyDates => "list of dates for each row, or one for all",
        Kind::ManySeries => "list of numbers for each row",
        Kind::Decimals => "column of exact decimals",
        Kind::DecimalRates => "column of exact rates",
    }
}

fn meaning(of: &ApiArgument<'_>) -> String {
    let doc = cell(&of.field.doc);
    match &of.default {
        Some(Value::String(name)) if of.choice().is_some() => {
            format!("{doc} Default: `\"{}\"`.", snake_case(name))
        }
        Some(default) => format!("{doc} Default: `{default}`."),
        None => doc,
    }
}
