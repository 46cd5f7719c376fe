//! Why something was not done.

use super::Fault;
use crate::house::EraseError;
use crate::owner::protocol::Refusal;
use footfall_processor::EngineError;
use footfall_store::StoreError;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// What was given makes no sense; the message says what would.
    #[error("{0}")]
    Invalid(Fault),
    /// It is there already, or is not there.
    #[error("{0}")]
    State(Fault),
    /// The disk or the like; the asker can do nothing about it.
    #[error("{message}")]
    Broken {
        /// What could not be done.
        message: &'static str,
        /// Why.
        source: anyhow::Error,
    },
}

impl From<StoreError> for ActionError {
    fn from(error: StoreError) -> Self {
        Self::Broken { message: "the store cannot be used", source: error.into() }
    }
}

impl From<EngineError> for ActionError {
    fn from(error: EngineError) -> Self {
        Self::Broken { message: "the numbers cannot be used", source: error.into() }
    }
}

impl From<EraseError> for ActionError {
    fn from(error: EraseError) -> Self {
        let message = "the site is gone; its hits could not be erased yet, which is tried again within the hour";
        Self::Broken { message, source: error.into() }
    }
}

impl From<ActionError> for Refusal {
    fn from(error: ActionError) -> Self {
        match error {
            ActionError::Invalid(message) => Refusal::usage(message.to_string()),
            ActionError::State(message) => Refusal::failed(message.to_string()),
            ActionError::Broken { message, source } => Refusal::failed(format!("{message}: {source:#}")),
        }
    }
}
