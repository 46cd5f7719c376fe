//! What every store does: one function a behaviour.
//!
//! A backend's test calls [`rollups`] and [`registry`] with a factory of fresh, empty stores. A failed behaviour panics.

mod made;
mod registry;
mod rollups;

use crate::Store;
use async_trait::async_trait;
use std::sync::Arc;

pub use made::{Shape, made_rollup};
pub use registry::registry;
pub use rollups::{agrees, rollups};

/// A place where one store lives.
#[async_trait]
pub trait Home: Send {
    /// Opens the store that lives here; the first call makes it. The one opened before is dropped.
    async fn open(&mut self) -> Arc<dyn Store>;
}

/// The memory store lives as long as its home.
#[async_trait]
impl Home for Arc<crate::MemoryStore> {
    async fn open(&mut self) -> Arc<dyn Store> {
        self.clone()
    }
}
