# Connecting a company's own Slack
title = Slack
connect = Connect Slack
heading = Slack for { $company }
lead = Six steps, from the app that is made at Slack to the first person who talks. This page asks Slack each time it is opened.
check = Check again
done = done
to_do = to do
shared = This server already has one shared Slack app, from the settings of the server. An app of your own here stands beside it, for other workspaces.
saved_begun = The app has its addresses now. Go on with step 2.
saved_keys = The keys of the app are kept, sealed.
saved_installed = The app is installed in the workspace.
saved_ended = The app is out of the workspace. Its people are now reached in other chats or on the web pages.

step_way = Choose how Slack reaches Serambi
mode = Way
mode_http = Slack sends to the web address of Serambi
mode_http_hint = The address must be open to the internet by https.
mode_socket = Serambi connects to Slack (Socket Mode)
mode_socket_hint = No public address needed: right for a server inside the office.
begin = Begin
change_way = Change the way
no_such_mode = Choose one of the two ways.

step_make = Make the app at Slack
make_open = Open
make_paste = Choose "From a manifest", a workspace, the tab JSON, then paste the text below.
make_token = In "Basic Information", part "App-Level Tokens", make a token with the scope connections:write.
manifest = Manifest of the app (JSON)
manifest_about = Leave, approvals and questions to HR by chat
manifest_command = Ask HR for anything
manifest_hint = leave tomorrow
copy = Copy
copied = Copied

step_keys = Bring its keys here
keys_where = They all stand in "Basic Information" of the app. They are kept sealed and are not shown again.
client_id = Client ID
client_secret = Client Secret
signing_secret = Signing Secret
app_token = App-Level Token
app_token_hint = Begins with xapp-.
kept_secret = Kept already. Leave it empty if it has not changed.
keep_keys = Keep the keys
not_begun = Choose first how Slack reaches Serambi.
wrong_client_id = A Client ID is two numbers with a dot between them, such as 123456789.987654321. Copy it from "Basic Information".
wrong_client_secret = A Client Secret has 32 letters and digits. Press "Show" at Slack and copy all of it.
wrong_signing_secret = A Signing Secret has 32 letters and digits. Press "Show" at Slack and copy all of it.
wrong_app_token = An App-Level Token begins with xapp-. Make one in "App-Level Tokens" with the scope connections:write.

step_install = Install it in the workspace
install = Install in Slack
install_again = Install again, or in another workspace
install_says = Slack asks for permission on a page of its own and leads back here. For a second workspace switch on "Manage Distribution" at Slack first.
install_later = Keep the keys in step 3 first.
installed_since = since { $at }
people = { $number ->
    [one] { $number } person linked
   *[other] { $number } people linked
}
end = Take it out of this workspace
end_means = Serambi stops talking in { $name } and gives its token back to Slack. The links of its people stay, and work again once it is installed anew.
end_now = Take it out of { $name }
workspace_taken = The workspace { $name } is used by another company on this server. Take it out there first, or choose another workspace.
wrong_state = This installation was not begun on this page within the last hour. Press "Install in Slack" once more.
not_allowed = Slack has not given permission. Press "Install in Slack" once more if you want it installed.
code_spent = The code from Slack was used already, or is too old. Press "Install in Slack" once more.
wrong_keys = Slack does not know this Client ID or Client Secret. Copy both again in step 3.
wrong_redirect = The address to come back to is not the one in the app. Paste the manifest of step 2 anew in "App Manifest".
code_refused = Slack refused the installation ({ $error }). Press "Install in Slack" once more.
whole_organisation = The app was installed for a whole organisation. Install it in one workspace only.
away = Slack does not answer. See whether the server can open slack.com, then try again.

step_heard = Slack reaches Serambi
heard = Slack was last heard { $at }.
not_heard = Slack has never got here. Send "hello" to Serambi in Slack, then press "Check again". If it stays empty, open "Event Subscriptions" at Slack and press "Retry".
no_https = The address of this server is not https, so Slack cannot send here. Choose Socket Mode in step 1.
connected = Connected, last seen { $at }.
not_connected = There is no connection yet. The server connects by itself within half a minute after the token is kept and the app is installed.

step_people = Link its people
people_how = Invite employees; they type the code of the invitation to Serambi in the Messages tab.

look_speaks = Slack answers: Serambi speaks here as { $name }.
look_opens = Slack gives a connection: the App-Level Token is accepted.
look_scopes = Missing permissions: { $scopes }. Paste the manifest of step 2 anew, then install again.
look_refused = Slack refuses the keys ({ $error }). Install again; if it is still refused, copy the keys once more.
look_away = Slack does not answer ({ $error }). See whether the server can open slack.com.
