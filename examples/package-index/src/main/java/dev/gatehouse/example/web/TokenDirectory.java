package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.index.Catalogue;
import dev.gatehouse.example.index.Project;
import dev.gatehouse.example.index.ProjectName;
import dev.gatehouse.servlet.ApiTokenVerifier;
import dev.gatehouse.token.TokenProject;
import java.util.Optional;

/** What the verifier of tokens asks this index. Thread-safe. */
final class TokenDirectory implements ApiTokenVerifier.Directory {
    private final Accounts accounts;
    private final Catalogue catalogue;

    TokenDirectory(Accounts accounts, Catalogue catalogue) {
        this.accounts = accounts;
        this.catalogue = catalogue;
    }

    @Override
    public Optional<String> accountName(String accountId) {
        return accounts.byId(accountId).map(Account::name);
    }

    @Override
    public TokenProject project(String name) {
        TokenProject named = TokenProject.of(name);
        return ProjectName.of(name)
                .flatMap(catalogue::project)
                .map(Project::id)
                .map(named::withId)
                .orElse(named);
    }
}
