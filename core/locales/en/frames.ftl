# The chat in a page of a company's own
title = Chat in your own page
button = Chat in your own page
heading = The chat of { $company } in a page of your own
lead = Let a page of your intranet show the chat with Serambi. Only the pages allowed here may; browsers refuse it to every other page.
check = Check again
saved_allowed = The page may show the chat now. Paste the lines into it.
saved_ended = The page may show the chat no longer. Who had opened it there is signed out of it.
not_secure = People reach this server by http. Browsers keep a sign-in within a page of others only over https; give the server an https address before you go on.
allow_title = Allow a page
address = Address of the page
address_hint = As it stands in the browser, such as https://intranet.example.com. All pages of that site may show the chat; what stands behind the name is left out.
allow = Allow
no_address = This is no address of a page. Write it like https://intranet.example.com, without a star.
needs_https = The page needs an address with https: what is shown over http can be changed on its way.
our_own = This is the address of Serambi itself. It needs no permission.
too_many = A company can allow { $most } pages. Take one out first.
is_shown = shown
not_shown = not shown yet
shown_at = This page last asked for the chat on { $at }.
shown_never = This page has not asked for the chat yet. Paste the lines, open the page, then check again.
inside = { $number ->
    [0] Nobody has opened it there now.
    [one] { $number } person has opened it there now.
   *[other] { $number } people have opened it there now.
}
refused_at = { $origin } asked for it on { $at } and was refused. If that page is yours, allow it above and paste its own lines.
snippet = Lines to paste
snippet_hint = Into the HTML of the page, where the chat is to stand. They need no script; the last line is a link for who sees no frame.
snippet_title = Chat of { $company } with HR
snippet_link = Chat with HR in a window of its own
end = Take this page out
end_of = Take { $origin } out
end_hint = { $number ->
    [0] The frame there stays empty from then on.
    [one] { $number } person is signed out there, and the frame stays empty.
   *[other] { $number } people are signed out there, and the frame stays empty.
}
heading_frame = Chat with HR of { $company }
step_code = Get a code: a window of Serambi opens, where you sign in as always.
get_code = Get a code
type_code = Type the code here
enter = Open the chat
why_code = Within a page of others a browser does not know that you are signed in. The code carries it over, once.
own_window = Open in a window of its own
leave = Sign out here
code_wrong = This code does not fit here, or was used, or is older than five minutes. Get a new one.
fault = This could not be done
fault_why = Try again, or open the chat in a window of its own.
fault_kept = This browser keeps no sign-in within a page
fault_kept_why = Some browsers keep nothing for a page within a page. Open the chat in a window of its own; it is the same chat.
again = Try again
session = Only the chat in { $origin }.
code_title = Open the chat in a page of the company
code_lead = { $company } shows the chat in these pages. A code opens yours there, without your password.
code_none = { $company } shows the chat in no page of its own, or no longer in this one.
code_show = Show a code
code_show_for = Show a code for { $origin }
code_shown = Type this code in the chat on { $origin }. It works once, for { $minutes } minutes.
code_careful = Type it on { $origin } and nowhere else, and give it to nobody: whoever has it reads your chat.
code_again = Show another code
