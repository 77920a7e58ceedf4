//! Errors outside the engines, and the mapping from kinds of errors to HTTP and exit statuses.

use std::fmt;

use axum::http::StatusCode;
use wherewithal::ErrorKind;
use wherewithal_store::Kind as StoreKind;

/// The result of fallible functions of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of the server or of the command: a stable code, a readable message, and the path of the offending field of
/// the input, empty if there is none.
///
/// An error of an engine keeps its code, message and path.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    code: &'static str,
    meaning: &'static str,
    kind: Kind,
    message: String,
    path: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The kind of an error, by how a caller can react.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An engine or a decoder refused the input.
    Engine(ErrorKind),
    /// The store refused a value or could not work.
    Store(wherewithal_store::Kind),
    /// The address does not exist.
    PathUnknown,
    /// The address exists, but does not support this method.
    MethodNotAllowed,
    /// The media type of the body is not supported.
    UnsupportedMediaType,
    /// The request or a setting cannot be read, for example an incomplete body.
    MalformedRequest,
    /// The body did not arrive within the time limit.
    RequestTimeout,
    /// The result was not ready within the time limit.
    RunTimeout,
    /// A port, a file or a database is not available.
    Unavailable,
    /// A defect of this program.
    Internal,
}

impl Kind {
    /// The HTTP status of a response that reports an error of this kind.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::Engine(ErrorKind::InvalidInput)
            | Self::Store(StoreKind::InvalidInput)
            | Self::MalformedRequest => StatusCode::BAD_REQUEST,
            Self::Engine(ErrorKind::NoSolution) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Engine(ErrorKind::TooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Engine(ErrorKind::NotFound) | Self::Store(StoreKind::NotFound) | Self::PathUnknown => {
                StatusCode::NOT_FOUND
            }
            Self::Store(StoreKind::Conflict) => StatusCode::CONFLICT,
            // A caller who cancels has closed the connection, so anybody who receives this status is a client of a
            // stopping server.
            Self::Engine(ErrorKind::Cancelled)
            | Self::Store(StoreKind::Busy | StoreKind::Unavailable)
            | Self::RunTimeout
            | Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::RequestTimeout => StatusCode::REQUEST_TIMEOUT,
            Self::Store(StoreKind::Internal) | Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The exit status of a command that fails with an error of this kind.
    ///
    /// | status | meaning |
    /// |---|---|
    /// | 1 | a defect of this program |
    /// | 2 | the input, or the command line, is not valid |
    /// | 3 | the input is valid, but has no solution |
    /// | 4 | the input is larger than the limit |
    /// | 5 | the operation does not exist |
    /// | 6 | a file, a port or a database is not available |
    /// | 130 | cancelled |
    #[must_use]
    pub fn exit_status(self) -> u8 {
        match self {
            Self::Store(StoreKind::Internal) | Self::Internal => 1,
            Self::Engine(ErrorKind::InvalidInput)
            | Self::Store(StoreKind::InvalidInput | StoreKind::Conflict)
            | Self::MalformedRequest
            | Self::UnsupportedMediaType => 2,
            Self::Engine(ErrorKind::NoSolution) => 3,
            Self::Engine(ErrorKind::TooLarge) => 4,
            Self::Engine(ErrorKind::NotFound)
            | Self::Store(StoreKind::NotFound)
            | Self::PathUnknown
            | Self::MethodNotAllowed => 5,
            Self::Store(StoreKind::Busy | StoreKind::Unavailable)
            | Self::Unavailable
            | Self::RequestTimeout
            | Self::RunTimeout => 6,
            Self::Engine(ErrorKind::Cancelled) => 130,
        }
    }
}

/// Declares the codes of this crate in one table, so that each has a kind and a meaning.
macro_rules! codes {
    ($($variant:ident, $code:literal, $kind:ident, $meaning:literal;)*) => {
        /// A stable code of an error that does not come from an engine.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Code {
            $(#[doc = concat!("`", $code, "`: ", $meaning)] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the reference page.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code as text, such as `request.path.unknown`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The kind of the error.
            #[must_use]
            pub fn kind(self) -> Kind {
                match self { $(Self::$variant => Kind::$kind,)* }
            }

            /// The meaning of the code, in one sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

codes! {
    RequestPathUnknown, "request.path.unknown", PathUnknown, "The address does not exist.";
    RequestMethodUnsupported, "request.method.unsupported", MethodNotAllowed, "The address does not support this \
        method.";
    RequestMediaTypeUnsupported, "request.media_type.unsupported", UnsupportedMediaType, "The media type of the body is \
        not supported.";
    RequestIncomplete, "request.incomplete", MalformedRequest, "The body is incomplete.";
    RequestTimeout, "request.timeout", RequestTimeout, "The body did not arrive within the time limit.";
    RunTimeout, "run.timeout", RunTimeout, "The result was not ready within the time limit; the run was stopped.";
    ListenAddressInvalid, "listen.address.invalid", Unavailable, "The address to listen on is not an address of this \
        machine.";
    ListenAddressInUse, "listen.address.in_use", Unavailable, "Another program is listening on the address.";
    ListenRefused, "listen.refused", Unavailable, "The system does not allow this program to listen on the address.";
    LogFilterInvalid, "log.filter.invalid", MalformedRequest, "The environment variable WHEREWITHAL_LOG is not a valid \
        filter.";
    FileUnreadable, "file.unreadable", Unavailable, "The file cannot be read.";
    FileUnwritable, "file.unwritable", Unavailable, "The file cannot be written.";
    Internal, "internal", Internal, "A defect of the program; the details are in its log.";
}

impl Error {
    /// An error with a code and a message, which states the value found and the valid ones.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            code: code.as_str(),
            meaning: code.meaning(),
            kind: code.kind(),
            message: message.into(),
            path: String::new(),
            source: None,
        }))
    }

    /// A defect: the details go to the log, not to the caller.
    #[must_use]
    pub fn internal(cause: &dyn fmt::Display) -> Self {
        tracing::error!("{cause}");
        let mut error = Self::new(Code::Internal, "the request failed because of a defect of this program");
        error.0.source = Some(cause.to_string().into());
        error
    }

    /// The same error with its cause.
    #[must_use]
    pub fn caused_by(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    /// The same error relative to `field`: its path without that first step.
    #[must_use]
    pub fn inside(mut self, field: &str) -> Self {
        if let Some(rest) = self.0.path.strip_prefix(field)
            && let Some(rest) = rest.strip_prefix('.').or(rest.is_empty().then_some(""))
        {
            self.0.path = rest.to_owned();
        }
        self
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// The meaning of the code, in one sentence.
    #[must_use]
    pub fn meaning(&self) -> &'static str {
        self.0.meaning
    }

    /// The kind of the error.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// The readable message, without code and path.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The path of the offending field of the input, or an empty text.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }
}

impl From<wherewithal::Error> for Error {
    fn from(error: wherewithal::Error) -> Self {
        let code = error.code();
        Self(Box::new(Inner {
            code: code.as_str(),
            meaning: code.meaning(),
            kind: Kind::Engine(code.kind()),
            message: error.message().to_owned(),
            path: error.path().to_owned(),
            source: Some(Box::new(error)),
        }))
    }
}

impl From<wherewithal_store::Error> for Error {
    fn from(error: wherewithal_store::Error) -> Self {
        let code = error.code();
        Self(Box::new(Inner {
            code: code.as_str(),
            meaning: code.meaning(),
            kind: Kind::Store(code.kind()),
            message: error.message().to_owned(),
            path: error.path().to_owned(),
            source: Some(Box::new(error)),
        }))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path().is_empty() {
            write!(f, "{} [{}]", self.message(), self.code())
        } else {
            write!(f, "{}: {} [{}]", self.path(), self.message(), self.code())
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_is_given_twice_here_in_the_core_or_in_the_store() {
        let core = wherewithal::ErrorCode::ALL.iter().map(|code| code.as_str());
        let store = wherewithal_store::Code::ALL.iter().map(|code| code.as_str());
        let mut codes: Vec<&str> =
            Code::ALL.iter().map(|code| code.as_str()).chain(core).chain(store).collect();
        codes.sort_unstable();
        let count = codes.len();
        codes.dedup();
        assert_eq!(codes.len(), count);
    }

    #[test]
    fn an_engine_error_keeps_code_message_and_path() {
        let refused = "12,5".parse::<wherewithal::num::Decimal>().unwrap_err().at("principal");
        let text = refused.to_string();
        let error = Error::from(refused);
        assert_eq!(error.to_string(), text);
        assert_eq!((error.code(), error.path()), ("decimal.malformed", "principal"));
        assert_eq!(error.kind().status(), StatusCode::BAD_REQUEST);
        assert_eq!(error.kind().exit_status(), 2);
    }
}
