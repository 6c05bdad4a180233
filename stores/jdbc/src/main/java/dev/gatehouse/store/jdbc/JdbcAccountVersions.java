package dev.gatehouse.store.jdbc;

import dev.gatehouse.state.AccountVersions;

/** The versions of accounts, in the row that is locked while an account is changed. */
final class JdbcAccountVersions implements AccountVersions {
    private final Transactions transactions;

    JdbcAccountVersions(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public long of(String account) {
        return transactions.run("reading a version", connection -> Accounts.version(connection, account));
    }

    @Override
    public long advance(String account) {
        return transactions.run(
                "advancing a version",
                connection -> Accounts.advance(connection, account, Accounts.lock(connection, account)));
    }
}
