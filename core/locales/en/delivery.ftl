# What reached nobody's chat

title = Undelivered messages
heading = { $count ->
    [0] Every message reached a chat of its person.
    [one] { $number } message reached no chat of its person.
   *[other] { $number } messages reached no chat of their person.
 }
lead = Who should have been told, and what to do about it. What the messages say is not shown here; where it could be put, it stands on the person's own page.
what = About
older = Older ones
none = Nothing waits for you here. What could not be said in one chat went to another.
again = Send again
dismiss = Lay aside
done_again = It is on its way again, to a chat that is open now.
done_dismissed = It was laid aside.
kind_request_waiting = A request to decide
kind_request_decided = What became of a request, or a balance
kind_ticket_answered = An answer of the help desk
kind_security = Account and linked chats
kind_notice = A message
why_blocked = They blocked the bot on Telegram, or never started it.
why_number_gone = The number is not on WhatsApp any more, or has an app that is too old.
why_deactivated = Their Slack account was switched off.
why_address = The mail server refuses their address.
why_refused = The chat service refused this message.
why_template = They last wrote more than a day ago, and WhatsApp does not take the template that opens the talk.
why_tried = It was tried for half a day without success.
why_unknown = It may or may not have arrived: the chat service gave no answer, twice.
todo_blocked = Ask them to open the bot again, or invite them to another chat.
todo_number_gone = Ask for their number and invite them anew.
todo_deactivated = If they still work here, have Slack switch them on, or invite them to another chat.
todo_address = Correct the address on their page, then invite them again.
todo_refused = Tell them yourself, and report the time to whoever runs Serambi.
todo_template = Ask them to write to the bot; have the template approved at Meta.
todo_tried = Send it again when the service works.
todo_unknown = Ask them whether they read it, or send it again; it will be marked as sent again.
mail_not_again = Mail is not sent again from here: it may hold a link that is out of date. Correct the address and invite the person again.
no_chat = No chat of this person is open now. Invite them to one first, then send it again.
settled_already = Somebody has seen to this message already.
why_template_pending = They last wrote more than a day ago, and Meta has not approved the template yet that opens the talk.
why_template_refused = They last wrote more than a day ago, and Meta rejected the template that opens the talk.
why_template_paused = They last wrote more than a day ago, and Meta has paused the template that opens the talk.
why_template_missing = They last wrote more than a day ago, and WhatsApp has no template there that opens the talk.
why_disconnected = The bot or number that they talked with was disconnected.
todo_template_pending = Ask them to write to the bot; it works by itself once Meta approves the template.
todo_template_refused = Ask them to write to the bot; see why under Settings, WhatsApp, and ask for another review at Meta.
todo_template_paused = Ask them to write to the bot; Meta lifts a pause by itself after some hours.
todo_template_missing = Ask them to write to the bot; press "Connect again" under Settings, WhatsApp.
why_no_account = Their chat is linked to a bot or number that this server does not have, and no other may speak in its name.
todo_disconnected = Connect it again, or invite them to another chat.
todo_no_account = Connect that bot or number again under Settings, or ask whoever runs Serambi whether theirs was changed; then send it again. Otherwise invite them anew.
shut = Chats that were shut
shut_lead = These people blocked the bot and have no other chat. Whatever is said to them now stands on their web page alone.
shut_since = Shut
done_seen = It was laid aside. Should they shut the chat again, it comes back.
seen_already = Somebody has seen to this chat already, or it is open again.
