package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.index.Catalogue;
import dev.gatehouse.example.index.Project;
import dev.gatehouse.example.index.ProjectName;
import dev.gatehouse.publisher.PublisherRepository;
import dev.gatehouse.publisher.TrustedPublisher;
import dev.gatehouse.servlet.ApiTokenVerifier;
import dev.gatehouse.token.TokenProject;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the verifier of tokens asks this index. Thread-safe. */
final class TokenDirectory implements ApiTokenVerifier.Directory {
    private final Accounts accounts;
    private final Catalogue catalogue;
    private final PublisherRepository publishers;

    TokenDirectory(Accounts accounts, Catalogue catalogue, PublisherRepository publishers) {
        this.accounts = accounts;
        this.catalogue = catalogue;
        this.publishers = publishers;
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
                .map(id -> named.withId(id).withPublishers(linkedTo(id)))
                .orElse(named);
    }

    private Set<String> linkedTo(String project) {
        return publishers.ofProject(project).stream().map(TrustedPublisher::id).collect(Collectors.toSet());
    }
}
