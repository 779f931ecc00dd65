# The PIN that proves who asks in a chat
title = My PIN
lead = With a PIN you can prove requests from a chat without signing in with your password.
first = Set a PIN
new = Change the PIN
is_set = set
is_shut = locked
since = Set { $at }.
shut_how = It was wrong too often, so this PIN opens nothing any more. Set a new one.
six = PIN, 6 digits
again = The PIN once more
hint = Not your date of birth, digits in a row, or the same digit.
save = Save the PIN
done = The PIN is saved.
six_digits = A PIN has 6 digits.
too_easy = That PIN is too easy to guess. Choose another one.
not_the_same = The two PINs differ.
pin = The PIN
page = Show that it is you
page_lead = { $number }, { $what }. Answered by { $by } at the latest.
page_over = This page was used already, or its time is over. Ask for a new one in the chat.
prove = Show it
once = This page works once and for 15 minutes. We never ask for the PIN inside the chat.
proved = It is you
proved_how = { $number } is known to be yours. You can close this page; the answer comes in the chat.
sign_in = Sign in and see my requests
wrong = That PIN is wrong. Try again.
rests = { $count ->
    [one] Wrong too often. Try again in { $number } minute.
   *[other] Wrong too often. Try again in { $number } minutes.
}
shut = This PIN is locked, for it was wrong too often. Sign in and set a new one.
told_chosen = Your PIN was just set or changed. If it wasn't you, tell HR now.
told_shut = Your PIN is locked, for it was wrong too often. If it wasn't you who tried, tell HR. Set a new one after signing in.
opened = Request { $number }, answered by { $by } at the latest. Show that it is you with your PIN at { $page } (works once, for 15 minutes). Don't write the PIN here.
again_link = Prove { $number } with your PIN at { $link } (works once, for 15 minutes). Don't write the PIN here.
again_none = Not with the PIN now. Sign in at { $link } and press "This is my request".
opened_change = Request { $number }, done by { $by } at the latest. Show that it is you with your PIN at { $page } (works once, for 15 minutes); don't write the PIN here. Is there proof? Send it at { $link }.
