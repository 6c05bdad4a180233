package dev.gatehouse.signin;

import dev.gatehouse.signin.PendingLogin.Began;

/**
 * What an account was at before its password was checked: the login that {@link SignIn#begin} makes of it is good only while the
 * account stays at that. Made by {@link SignIn#start} alone; it proves nothing and is kept for one request. Immutable and thread-safe.
 */
public final class LoginStart {
    private final String account;
    private final Began began;

    LoginStart(String account, Began began) {
        this.account = account;
        this.began = began;
    }

    /** Whose login it is: the host's immutable id of the account. */
    public String account() {
        return account;
    }

    Began began() {
        return began;
    }

    @Override
    public String toString() {
        return "start of a login of " + account;
    }
}
