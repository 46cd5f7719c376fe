//! DynamoDB's numbers: decimals of up to 38 significant digits, magnitudes 1E-130 to 9.99E+125.

/// A decimal number in one canonical form: equal numbers are equal values whatever their spelling was (`1`, `1.0`,
/// `10E-1`). The value is `±mantissa × 10^exponent`; the mantissa of 38 digits fits 127 bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Number {
    /// Without trailing zeros; 0 for zero, negative below it.
    mantissa: i128,
    /// 0 for zero.
    exponent: i32,
}
