# What messages cost

title = Costs of messages
heading = { $count ->
    [0] Nothing was charged this month.
    [one] { $number } message was charged this month: { $cost }.
   *[other] { $number } messages were charged this month: { $cost }.
 }
lead = WhatsApp charges for messages by category, as it reports of each. Telegram, Slack and the page of the talk cost nothing. Prices are those of the settings, for all months alike.
search = Price
prices = Prices
unpriced = Some messages were charged in categories without a price: they are not in the sums. Write the prices of your contract into the settings.
year = Cost by month, in rupiah
lines = By month and category
category = Category
messages = Messages
charged = Charged
price = Price for 1,000
cost = Cost
no_price = no price
thousand = { $number } k
said = Together { $cost } in twelve months.
none = WhatsApp has reported no charges yet. They appear here by month as soon as messages are delivered.
category_service = Service (free words within a day)
category_utility = Utility (templates about a matter)
category_authentication = Authentication
category_marketing = Marketing
