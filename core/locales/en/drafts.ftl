# Forms that keep what is being written
saved = Draft saved { $at }
restored = Your draft of { $at } is back in the form.
changed = You have a draft of { $at }. What it is about has changed since: look before you use it.
take = Use the draft
drop = Throw the draft away
too_long = This is too long to be kept as a draft (at most { $most } characters). Send a part of it first.
overtaken = Somebody else changed this while you were writing
overtaken_by = { $who } changed this while you were writing ({ $at })
overtaken_how = Nothing was saved. What you wrote is still in the form below: check it, then send it again if it still holds. Or
overtaken_look = throw it away and see the newest.
field = Field
yours = What you wrote
now = What holds now
