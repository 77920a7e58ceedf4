//! The statements of every table, composed of its list of columns.

use uuid::Uuid;

use crate::{Code, Error, Page, Reader, Result, Row, Table, Tx, Value};

/// A row of a table as a Rust type.
pub(crate) trait Record: Sized {
    const TABLE: &'static Table;

    fn read(row: &Row) -> Result<Self>;
}

/// Columns and their new values.
pub(crate) type Assignments = Vec<(&'static str, Value)>;

/// The rows that a statement may access, by owner.
#[derive(Clone, Copy)]
pub(crate) enum Owner {
    /// Those of one user.
    User(Uuid),
    /// All: the rows of the table have no owner.
    Anyone,
}

/// Inserts a row and returns it as stored.
pub(crate) async fn insert<R: Record>(tx: &mut Tx, assignments: Assignments) -> Result<R> {
    let (names, values) = prepare(R::TABLE, assignments)?;
    let places: Vec<String> = (1..=values.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "INSERT INTO {} ({}) VALUES ({}) RETURNING {}",
        R::TABLE.name,
        names.join(", "),
        places.join(", "),
        R::TABLE.column_list(),
    );
    let rows = tx.fetch_built(sql, values).await?;
    rows.first().map(R::read).unwrap_or_else(|| Err(no_such_row(R::TABLE)))
}

/// Inserts a row of a user, with a new id and the time of the transaction, and returns it as stored.
pub(crate) async fn insert_owned<R: Record>(tx: &mut Tx, user_id: Uuid, details: Assignments) -> Result<R> {
    let mut assignments = vec![
        ("id", tx.new_id().into()),
        ("user_id", user_id.into()),
        ("created_at", tx.now().into()),
        ("updated_at", tx.now().into()),
    ];
    assignments.extend(details);
    insert(tx, assignments).await
}

/// The row with the id.
pub(crate) async fn get<R: Record>(reader: &mut Reader, owner: Owner, id: Uuid) -> Result<R> {
    let mut values = vec![id.into()];
    let owned = owner.condition(&mut values);
    let lock = reader.row_lock();
    let sql = format!("SELECT {} FROM {} WHERE id = $1{owned}{lock}", R::TABLE.column_list(), R::TABLE.name);
    let rows = reader.fetch_built(sql, values).await?;
    rows.first().map(R::read).unwrap_or_else(|| Err(no_such_row(R::TABLE)))
}

/// A page of the rows.
pub(crate) async fn list<R: Record>(reader: &mut Reader, owner: Owner, page: Page) -> Result<Vec<R>> {
    let mut values = vec![page.start().into(), page.rows()?.into()];
    let owned = owner.condition(&mut values);
    let active = if page.include_inactive { "" } else { " AND is_active" };
    let sql = format!(
        "SELECT {} FROM {} WHERE id > $1{owned}{active} ORDER BY id LIMIT $2",
        R::TABLE.column_list(),
        R::TABLE.name,
    );
    reader.fetch_built(sql, values).await?.iter().map(R::read).collect()
}

/// Changes a row and returns it as stored.
pub(crate) async fn update<R: Record>(
    tx: &mut Tx,
    owner: Owner,
    id: Uuid,
    mut assignments: Assignments,
) -> Result<R> {
    assignments.push(("updated_at", tx.now().into()));
    let (names, mut values) = prepare(R::TABLE, assignments)?;
    let changes: Vec<String> =
        names.iter().enumerate().map(|(index, name)| format!("{name} = ${}", index + 1)).collect();
    values.push(id.into());
    let place = values.len();
    let owned = owner.condition(&mut values);
    let sql = format!(
        "UPDATE {} SET {} WHERE id = ${place}{owned} RETURNING {}",
        R::TABLE.name,
        changes.join(", "),
        R::TABLE.column_list(),
    );
    let rows = tx.fetch_built(sql, values).await?;
    rows.first().map(R::read).unwrap_or_else(|| Err(no_such_row(R::TABLE)))
}

/// Deactivates a row without deleting it, or activates it again.
pub(crate) async fn set_active<R: Record>(tx: &mut Tx, owner: Owner, id: Uuid, active: bool) -> Result<R> {
    update(tx, owner, id, vec![("is_active", active.into())]).await
}

/// Deletes a row and its dependent rows.
pub(crate) async fn delete<R: Record>(tx: &mut Tx, owner: Owner, id: Uuid) -> Result<()> {
    let mut values = vec![id.into()];
    let owned = owner.condition(&mut values);
    let deleted =
        tx.execute_built(format!("DELETE FROM {} WHERE id = $1{owned}", R::TABLE.name), values).await?;
    if deleted == 0 {
        return Err(no_such_row(R::TABLE));
    }
    Ok(())
}

impl Owner {
    /// The condition on the owner, with its argument added to the values.
    fn condition(self, values: &mut Vec<Value>) -> String {
        match self {
            Self::Anyone => String::new(),
            Self::User(user) => {
                values.push(user.into());
                format!(" AND user_id = ${}", values.len())
            }
        }
    }
}

/// The names of the columns and the values in their stored form.
pub(crate) fn prepare(table: &Table, assignments: Assignments) -> Result<(Vec<&'static str>, Vec<Value>)> {
    let prepared: Vec<(&'static str, Value)> = assignments
        .into_iter()
        .map(|(name, value)| Ok((name, table.column(name)?.prepare(value)?)))
        .collect::<Result<_>>()?;
    Ok(prepared.into_iter().unzip())
}

pub(crate) fn no_such_row(table: &Table) -> Error {
    Error::new(Code::NotFound, format!("there is no such {}", table.noun))
}
