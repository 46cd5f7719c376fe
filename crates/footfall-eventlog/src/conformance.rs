//! What every event log does: one function a behaviour.
