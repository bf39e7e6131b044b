//! Makes changes in memory.

use super::change::{Applied, Change, ChangeError, Edit};
use super::model::{Extra, Record, Tombstone, Vault, copy_field};
use super::stamp::{Field, Stamps};
use crate::clock::UnixTime;
use crate::device::{Candidate, Device, DeviceId};
use crate::otp::{Drift, Method, Secret};

impl Vault {
    /// Makes a change in memory. An error changes nothing.
    pub fn apply(&mut self, change: &Change, now: UnixTime) -> Result<Applied, ChangeError> {
        match change {
            Change::Add(candidate) => self.add(candidate, now, true),
            Change::Import(candidates) => Ok(self.import_all(candidates, now)),
            Change::RemoveAll(ids) => self.remove_all(ids, now),
            Change::RestoreAll(devices) => self.restore_all(devices, now),
            Change::Edit { id, edit } => self.edit(*id, edit, now),
            Change::Remove(id) => self.remove(*id, now),
            Change::Restore(device) => self.restore(device, now),
            Change::Advance(id) => self.advance(*id),
            Change::StepBack { id, from } => self.step_back(*id, *from),
            Change::StepOn { id, from } => self.step_on(*id, *from),
            Change::Checked(id) => self.checked(*id, now),
            Change::Exported { devices } => {
                self.note(now, "export", None, Some(*devices as u64));
                Ok(Applied::default())
            }
        }
    }

    /// Adds many devices as one change; those whose secret is taken are told one by one.
    pub fn import<'a>(
        &mut self,
        candidates: impl IntoIterator<Item = &'a Candidate>,
        now: UnixTime,
    ) -> Vec<Result<DeviceId, ChangeError>> {
        let outcomes: Vec<_> = candidates
            .into_iter()
            .map(|candidate| {
                self.add(candidate, now, false).map(|applied| applied.id.unwrap_or_else(DeviceId::random))
            })
            .collect();
        let added = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        if added > 0 {
            self.note(now, "import", None, Some(added as u64));
        }
        outcomes
    }

    fn import_all(&mut self, candidates: &[Candidate], now: UnixTime) -> Applied {
        let ids: Vec<DeviceId> = self.import(candidates, now).into_iter().filter_map(Result::ok).collect();
        let inverse = (!ids.is_empty()).then_some(Change::RemoveAll(ids));
        Applied { inverse, ..Applied::default() }
    }

    fn remove_all(&mut self, ids: &[DeviceId], now: UnixTime) -> Result<Applied, ChangeError> {
        let devices: Vec<Device> = ids.iter().filter_map(|id| self.take_out(*id, now).ok()).collect();
        if devices.is_empty() {
            return Err(ChangeError::NoSuchDevice);
        }
        self.note(now, "remove", None, Some(devices.len() as u64));
        Ok(Applied { inverse: Some(Change::RestoreAll(devices)), ..Applied::default() })
    }

    fn restore_all(&mut self, devices: &[Device], now: UnixTime) -> Result<Applied, ChangeError> {
        let mut back = Vec::with_capacity(devices.len());
        let mut refused = ChangeError::NoSuchDevice;
        for device in devices {
            match self.bring_back(device) {
                Ok(()) => back.push(device.id),
                Err(error) => refused = error,
            }
        }
        if back.is_empty() {
            return Err(refused);
        }
        self.note(now, "restore", None, Some(back.len() as u64));
        Ok(Applied { inverse: Some(Change::RemoveAll(back)), ..Applied::default() })
    }

    fn refuse_taken(&self, secret: &Secret, but: Option<DeviceId>) -> Result<(), ChangeError> {
        match self.owner_of_secret(secret).filter(|owner| Some(owner.id) != but) {
            None => Ok(()),
            Some(owner) => {
                Err(ChangeError::SecretTaken { id: owner.id, label: owner.label(), same_codes: false })
            }
        }
    }

    fn add(&mut self, candidate: &Candidate, now: UnixTime, logged: bool) -> Result<Applied, ChangeError> {
        self.refuse_taken(&candidate.secret, None).map_err(|error| self.with_sameness(error, candidate))?;
        let id = DeviceId::random();
        let stamps = Stamps::born_at(self.stamp());
        let device = candidate.clone().into_device(id, now);
        self.insert_new(Record { device, stamps, extra: Extra::new() });
        if logged {
            self.note(now, "add", Some(id), None);
        }
        Ok(Applied { id: Some(id), inverse: Some(Change::Remove(id)), factor: None })
    }

    fn with_sameness(&self, error: ChangeError, candidate: &Candidate) -> ChangeError {
        match error {
            ChangeError::SecretTaken { id, label, .. } => {
                let same_codes = self.get(id).is_some_and(|device| candidate.same_codes_as(device));
                ChangeError::SecretTaken { id, label, same_codes }
            }
            other => other,
        }
    }

    fn edit(&mut self, id: DeviceId, edit: &Edit, now: UnixTime) -> Result<Applied, ChangeError> {
        let stamp = self.stamp();
        let record = self.record_mut(id)?;
        let before = record.device.clone();
        edit.refuse_overtaken(&before)?;
        edit.refuse_other_token(&before)?;
        let fields = edit.write_to(&mut record.device);
        if fields.is_empty() {
            return Ok(Applied { id: Some(id), inverse: None, factor: None });
        }
        for field in &fields {
            record.stamps.set(*field, stamp);
        }
        record.device.modified = now.max(before.modified);
        let instead_of = Some(Box::new(Edit::back_to(&record.device, &fields)));
        let back = Edit { instead_of, ..Edit::back_to(&before, &fields) };
        self.note(now, "edit", Some(id), None);
        let inverse = Change::Edit { id, edit: Box::new(back) };
        Ok(Applied { id: Some(id), inverse: Some(inverse), factor: None })
    }

    fn remove(&mut self, id: DeviceId, now: UnixTime) -> Result<Applied, ChangeError> {
        let device = self.take_out(id, now)?;
        self.note(now, "remove", Some(id), None);
        let inverse = Change::Restore(Box::new(device));
        Ok(Applied { id: Some(id), inverse: Some(inverse), factor: None })
    }

    /// Takes a device out, and leaves a tombstone.
    fn take_out(&mut self, id: DeviceId, now: UnixTime) -> Result<Device, ChangeError> {
        let record = self.take(id).ok_or(ChangeError::NoSuchDevice)?;
        let stamp = self.stamp();
        let tombstone =
            Tombstone { stamp, at: now, seen: record.stamps.clone(), extra: record.extra.clone() };
        self.tombstones.insert(id, tombstone);
        Ok(record.device.clone())
    }

    fn restore(&mut self, device: &Device, now: UnixTime) -> Result<Applied, ChangeError> {
        self.bring_back(device)?;
        self.note(now, "restore", Some(device.id), None);
        Ok(Applied { id: Some(device.id), inverse: Some(Change::Remove(device.id)), factor: None })
    }

    /// Puts a device back in the place of its tombstone.
    fn bring_back(&mut self, device: &Device) -> Result<(), ChangeError> {
        if self.get(device.id).is_some() {
            return Err(ChangeError::IsThere);
        }
        self.refuse_taken(&device.secret, Some(device.id))?;
        let stamp = self.stamp();
        let tombstone = self.tombstones.remove(&device.id);
        let (mut stamps, extra) = match tombstone {
            Some(tombstone) => (tombstone.seen, tombstone.extra),
            None => (Stamps::born_at(stamp), Extra::new()),
        };
        stamps.set_all(stamp);
        self.insert(Record { device: device.clone(), stamps, extra });
        Ok(())
    }

    /// RFC 4226 section 7.2: the counter goes up with every code that is made.
    fn advance(&mut self, id: DeviceId) -> Result<Applied, ChangeError> {
        let factor = self.counter(id)?;
        let next = factor.checked_add(1).ok_or(ChangeError::CounterExhausted)?;
        self.set_counter(id, next)?;
        let inverse = Change::StepBack { id, from: next };
        Ok(Applied { id: Some(id), inverse: Some(inverse), factor: Some(factor) })
    }

    fn step_back(&mut self, id: DeviceId, from: u64) -> Result<Applied, ChangeError> {
        self.refuse_moved(id, from)?;
        let to = from.checked_sub(1).ok_or(ChangeError::CounterAtStart)?;
        self.set_counter(id, to)?;
        Ok(Applied { id: Some(id), inverse: Some(Change::StepOn { id, from: to }), factor: None })
    }

    fn step_on(&mut self, id: DeviceId, from: u64) -> Result<Applied, ChangeError> {
        self.refuse_moved(id, from)?;
        let to = from.checked_add(1).ok_or(ChangeError::CounterExhausted)?;
        self.set_counter(id, to)?;
        Ok(Applied { id: Some(id), inverse: Some(Change::StepBack { id, from: to }), factor: None })
    }

    fn counter(&self, id: DeviceId) -> Result<u64, ChangeError> {
        let device = self.get(id).ok_or(ChangeError::NoSuchDevice)?;
        device.method.counter().ok_or(ChangeError::NotHotp)
    }

    fn refuse_moved(&self, id: DeviceId, from: u64) -> Result<(), ChangeError> {
        match self.counter(id)? {
            counter if counter == from => Ok(()),
            counter => Err(ChangeError::CounterMoved { counter }),
        }
    }

    fn set_counter(&mut self, id: DeviceId, to: u64) -> Result<(), ChangeError> {
        let stamp = self.stamp();
        let record = self.record_mut(id)?;
        if let Method::Hotp { counter, .. } = &mut record.device.method {
            *counter = to;
            record.stamps.set(Field::Counter, stamp);
        }
        Ok(())
    }

    fn checked(&mut self, id: DeviceId, now: UnixTime) -> Result<Applied, ChangeError> {
        let stamp = self.stamp();
        let record = self.record_mut(id)?;
        record.device.checked = record.device.checked.max(Some(now));
        record.stamps.set(Field::Checked, stamp);
        self.note(now, "check", Some(id), None);
        Ok(Applied { id: Some(id), inverse: None, factor: None })
    }

    /// Makes the devices those of `other`, as one change: what is not there goes, what differs comes back.
    /// Everything is stamped anew, so that a merge with a copy of today's state does not undo it.
    pub fn replace_with(&mut self, other: &Self, now: UnixTime) -> usize {
        let wanted = |id: DeviceId| other.get(id).is_some();
        let gone: Vec<DeviceId> = self.devices().map(|device| device.id).filter(|id| !wanted(*id)).collect();
        for id in gone {
            let stamp = self.stamp();
            if let Some(record) = self.take(id) {
                let extra = record.extra.clone();
                self.tombstones.insert(id, Tombstone { stamp, at: now, seen: record.stamps.clone(), extra });
            }
        }
        for record in &other.records {
            let mut record = record.as_ref().clone();
            let here = self.records.iter().find(|mine| mine.device.id == record.device.id);
            // A counter's code that was handed out stays handed out (RFC 4226 section 7.2).
            let used = here.filter(|mine| mine.device.secret == record.device.secret);
            let used = used.and_then(|mine| mine.device.method.counter());
            if let (Method::Hotp { counter, .. }, Some(used)) = (&mut record.device.method, used) {
                *counter = used.max(*counter);
            }
            if here.is_some_and(|mine| mine.device == record.device) {
                continue;
            }
            let known = here.map(|mine| mine.stamps.clone());
            let gone = self.tombstones.remove(&record.device.id).map(|tombstone| tombstone.seen);
            known.iter().chain(&gone).for_each(|known| record.stamps.know(known));
            record.stamps.set_all(self.stamp());
            self.insert(record);
        }
        self.note(now, "restore", None, Some(other.records.len() as u64));
        other.records.len()
    }
}

impl Edit {
    /// Refuses to write over what the edit was not made for. A field that somebody else gave the wanted value
    /// already is no conflict.
    fn refuse_overtaken(&self, device: &Device) -> Result<(), ChangeError> {
        let Some(expected) = &self.instead_of else { return Ok(()) };
        let [wanted, overtaken] = [self, expected.as_ref()].map(|edit| edit.write_to(&mut device.clone()));
        match overtaken.into_iter().find(|field| wanted.contains(field)) {
            None => Ok(()),
            Some(field) => Err(ChangeError::ChangedElsewhere { field: field.name() }),
        }
    }

    /// Refuses to make another token of a token, or a token of a device that has a secret.
    fn refuse_other_token(&self, device: &Device) -> Result<(), ChangeError> {
        let becomes = |method: Method| method.has_secret() != device.has_secret();
        let other = self.serial.as_ref().is_some_and(|serial| *serial != device.serial);
        if self.method.is_some_and(becomes) || (other && !device.has_secret()) {
            return Err(ChangeError::TokenSerial);
        }
        Ok(())
    }

    /// Writes what differs; which fields did.
    fn write_to(&self, device: &mut Device) -> Vec<Field> {
        let mut wanted = device.clone();
        wanted.issuer = self.issuer.clone().unwrap_or(wanted.issuer);
        wanted.account = self.account.clone().unwrap_or(wanted.account);
        wanted.serial = self.serial.clone().unwrap_or(wanted.serial);
        wanted.tags = self.tags.clone().unwrap_or(wanted.tags);
        wanted.tags.sort();
        wanted.tags.dedup();
        wanted.note = self.note.clone().unwrap_or(wanted.note);
        wanted.favourite = self.favourite.unwrap_or(wanted.favourite);
        wanted.method = self.method.map_or(wanted.method, |method| method.at_counter_of(&device.method));
        // A drift is counted in steps: with steps of another length it says nothing.
        let same_steps = wanted.method.period() == device.method.period();
        wanted.drift = self.drift.unwrap_or(if same_steps { wanted.drift } else { Drift::NONE });
        let changed = changed_fields(device, &wanted);
        *device = wanted;
        changed
    }

    /// The edit that gives these fields the values that they have in `device`.
    fn back_to(device: &Device, fields: &[Field]) -> Self {
        let mut edit = Self::default();
        for field in fields {
            match field {
                Field::Issuer => edit.issuer = Some(device.issuer.clone()),
                Field::Account => edit.account = Some(device.account.clone()),
                Field::Method => edit.method = Some(device.method),
                Field::Serial => edit.serial = Some(device.serial.clone()),
                Field::Tags => edit.tags = Some(device.tags.clone()),
                Field::Note => edit.note = Some(device.note.clone()),
                Field::Favourite => edit.favourite = Some(device.favourite),
                Field::Drift => edit.drift = Some(device.drift),
                Field::Counter | Field::Checked => {}
            }
        }
        edit
    }
}

fn changed_fields(before: &Device, after: &Device) -> Vec<Field> {
    let differs = |field: &Field| {
        let mut copy = before.clone();
        copy_field(*field, after, &mut copy);
        copy != *before
    };
    Field::ALL.into_iter().filter(differs).collect()
}
