//! What one try of a passphrase costs.

/// scrypt's log2 N (age's work factor): 1 to 20. Memory is 2^N KiB: 17 takes 128 MiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorkFactor(u8);

impl WorkFactor {
    /// What new vaults and backups get: 128 MiB, about half a second.
    pub const DEFAULT: Self = Self(17);
    /// The most that is accepted: 1 GiB.
    pub const MAX: Self = Self(20);
    /// Above this a person is asked first.
    pub const ASK_ABOVE: Self = Self(18);

    /// Takes 1 to 20.
    pub fn new(log_n: u64) -> Option<Self> {
        u8::try_from(log_n).ok().filter(|n| (1..=Self::MAX.0).contains(n)).map(Self)
    }

    /// log2 N.
    pub fn get(self) -> u8 {
        self.0
    }

    /// MiB of memory that one run takes, at least 1.
    pub fn mebibytes(self) -> u64 {
        ((1u64 << self.0) / 1024).max(1)
    }
}
