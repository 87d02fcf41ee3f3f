//! What goes wrong with a delivery.
