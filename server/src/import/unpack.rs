//! Plain bytes of a file that may be gzip.

use flate2::write::MultiGzDecoder;
use std::io::{self, Write};

/// What a gzip file begins with.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Unpacks what is gzip and passes on what is not. Gzip is known by its first bytes, not by the file's name.
pub(super) enum Unpack {
    /// Fewer bytes than it takes to know.
    Unknown(Vec<u8>),
    /// Not packed.
    Plain,
    /// Packed.
    Gzip(Box<MultiGzDecoder<Vec<u8>>>),
}

impl Unpack {
    pub(super) fn new() -> Self {
        Self::Unknown(Vec::new())
    }

    /// Takes the next bytes of the file and gives the plain ones. Call it with small pieces: a piece of a hostile file
    /// unpacks to a thousand times its size.
    ///
    /// # Errors
    /// The gzip is damaged.
    pub(super) fn take(&mut self, bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        match self {
            Self::Plain => Ok(bytes),
            Self::Gzip(decoder) => {
                decoder.write_all(&bytes)?;
                Ok(std::mem::take(decoder.get_mut()))
            }
            Self::Unknown(known) => {
                known.extend(bytes);
                if known.len() < GZIP.len() {
                    return Ok(Vec::new());
                }
                let first = std::mem::take(known);
                *self = if first.starts_with(&GZIP) { Self::Gzip(Box::new(MultiGzDecoder::new(Vec::new()))) } else { Self::Plain };
                self.take(first)
            }
        }
    }

    /// The rest, when the file has ended.
    ///
    /// # Errors
    /// The gzip ends too early.
    pub(super) fn end(self) -> io::Result<Vec<u8>> {
        match self {
            Self::Unknown(known) => Ok(known),
            Self::Plain => Ok(Vec::new()),
            Self::Gzip(decoder) => decoder.finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).expect("packed");
        encoder.finish().expect("packed")
    }

    fn unpacked(file: &[u8], piece: usize) -> io::Result<Vec<u8>> {
        let mut unpack = Unpack::new();
        let mut plain = Vec::new();
        for bytes in file.chunks(piece) {
            plain.extend(unpack.take(bytes.to_vec())?);
        }
        plain.extend(unpack.end()?);
        Ok(plain)
    }

    #[test]
    fn plain_and_packed_files_give_the_same_whatever_the_pieces() {
        let text: Vec<u8> = (0..20_000_u32).flat_map(|n| n.to_string().into_bytes()).collect();
        let two_members = [packed(&text[..10_000]), packed(&text[10_000..])].concat();
        for piece in [1, 7, 16_384] {
            assert_eq!(unpacked(&text, piece).expect("plain"), text);
            assert_eq!(unpacked(&packed(&text), piece).expect("gzip"), text);
            assert_eq!(unpacked(&two_members, piece).expect("gzip"), text);
        }
        assert_eq!(unpacked(b"x", 1).expect("plain"), b"x");
        assert_eq!(unpacked(b"", 1).expect("plain"), b"");
    }

    #[test]
    fn damage_is_an_error() {
        let mut file = packed(b"some lines of a log");
        assert!(unpacked(&file[..file.len() - 9], 4).is_err(), "cut off");
        file[12] ^= 0xff;
        assert!(unpacked(&file, 4).is_err(), "bent");
    }
}
