-- The same invite again and again, as fast as answers come: what the server can give at all.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["X-API-KEY"] = "k"
wrk.headers["X-API-SECRET"] = "s"
wrk.body = [[{"query":"mutation { inviteUser(email: \"ada.lovelace@example.com\", accountType: DEVELOPER) { ok } }"}]]
