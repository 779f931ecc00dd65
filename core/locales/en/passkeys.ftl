# Passkeys: signing in with one's own device
title = Passkeys
what = A passkey takes the place of password and code: you sign in with the fingerprint, face or PIN of your own device. There's nothing to guess, and a fake site can't use it.
new_title = Add a passkey
make = Make the passkey
name = Name of the passkey
name_hint = So that you know it again, for example Sari's phone.
name_save = Save the name
rename = Rename
change = Manage
remove = Remove the passkey
remove_what = That device won't sign in any more, and other sessions end. Delete Serambi's passkey on the device, too, so that it isn't offered again.
made = Made { $at }.
used = Last used { $at }.
unused = Never used so far.
one = Passkey: { $name }
take_off_what = For somebody who has lost the device. Make sure who they are first.
enter = Sign in with a passkey
prove = Use a passkey
instead = Use a passkey instead
other_way = Use a code app instead
back = Back to the account
code = Recovery code
code_what = Use your passkey. Don't have the device? Type one of the recovery codes.
missing = This browser can't make passkeys, or JavaScript is off. Use another browser, or a code app.
needs_name = Passkeys need an address that is a name, and this page's is a number. On this computer, sign in at:
needs_https = Passkeys need an address that is a name, with https. Whoever runs the system sets it by SERAMBI_BASE_URL.
not_here = Passkeys don't work at this address. Open Serambi at its usual one, or type a recovery code.
js_cancelled = Cancelled, or it took too long. Try again whenever you like.
js_elsewhere = Passkeys don't work at this address. Open Serambi at its usual one.
js_failed = The device didn't answer. Load this page again, then try once more.
no_name = Give this passkey a name.
known = This device has a passkey in Serambi already. Use that one, or choose another device.
many = There are { $number } passkeys already, as many as are kept. Remove one first.
last_one = This is your last second step, and your role demands one. Add another passkey or set up a code app first.
wrong = The device's answer didn't fit. Try once more.
late = The request is over five minutes old, or was answered before. Try once more.
unknown = This passkey isn't known here. Choose another, or sign in with your password.
copied = This passkey was refused, because there may be a copy of it. Sign in another way, remove it, then make a new one.
waits = Several wrong answers in a row: this passkey may be tried again in { $count ->
    [one] a minute
   *[other] { $number } minutes
  }. Trying before doesn't make it longer.
