//! The operation in the path of a request.

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use wherewithal_contract::{Operation, registry};

use crate::error::{Code, Error};

/// The operation in the parameter of the path.
pub(crate) struct Named(pub(crate) &'static Operation);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let Path(name) = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_| Error::new(Code::RequestPathUnknown, "the name in the address is not UTF-8 text"))?;
        Ok(Self(registry().get(&name)?))
    }
}
