//! What others got wrong, planted: a suite that does not see these would see nothing.

/// One way to save badly. The disk makes it in the program's stead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// The new file is never synced.
    NoFileSync,
    /// The folder is never synced after the rename.
    NoFolderSync,
    /// The folder of the generations is never synced.
    NoHistorySync,
    /// The old file is emptied and written anew.
    InPlace,
    /// The same, and it is never synced.
    InPlaceUnsynced,
    /// The new file gets its name first and its bytes then.
    RenameBeforeWrite,
    /// The new file is synced before its bytes are written.
    SyncBeforeWrite,
    /// A sync that failed is tried again, and believed.
    SyncTriedAgain,
    /// The old file is taken away before the new one gets its name.
    RemoveBeforeRename,
    /// The old file is moved to the generations, not linked.
    MovedToHistory,
    /// Generations go before there is a new one.
    PruneFirst,
    /// "Saved" is said before the new file has its name.
    SaidBeforeRename,
    /// "Saved" is said before the name is durable.
    SaidBeforeFolderSync,
    /// Half of the bytes are written, and that is taken for all.
    ShortWriteIgnored,
}

impl Mistake {
    pub const ALL: [Self; 14] = [
        Self::NoFileSync,
        Self::NoFolderSync,
        Self::NoHistorySync,
        Self::InPlace,
        Self::InPlaceUnsynced,
        Self::RenameBeforeWrite,
        Self::SyncBeforeWrite,
        Self::SyncTriedAgain,
        Self::RemoveBeforeRename,
        Self::MovedToHistory,
        Self::PruneFirst,
        Self::SaidBeforeRename,
        Self::SaidBeforeFolderSync,
        Self::ShortWriteIgnored,
    ];
}
