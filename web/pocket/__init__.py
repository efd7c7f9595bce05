"""The pocket register: a Mini App of Telegram, its page and the calls that the page makes."""
