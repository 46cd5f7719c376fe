//! What every store does: one function a behaviour.
