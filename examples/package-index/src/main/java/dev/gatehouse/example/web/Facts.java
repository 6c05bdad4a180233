package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.account.Factors;
import dev.gatehouse.example.index.Catalogue;
import dev.gatehouse.example.index.Project;
import dev.gatehouse.example.index.ProjectName;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.policy.AccountFacts;
import dev.gatehouse.policy.Fact;
import dev.gatehouse.policy.Occurrence;
import dev.gatehouse.policy.ThingFacts;
import dev.gatehouse.policy.ThingValues;
import dev.gatehouse.publisher.PublisherRepository;
import dev.gatehouse.recovery.RecoveryCodes;
import dev.gatehouse.servlet.Identity;
import dev.gatehouse.servlet.IndexHost;
import dev.gatehouse.servlet.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the filter and the policy ask this index. Thread-safe. */
final class Facts implements IndexHost {
    private final Site site;
    private final Accounts accounts;
    private final Factors factors;
    private final RecoveryCodes codes;
    private final Catalogue catalogue;
    private final ProjectFlags flags;
    private final PublisherRepository publishers;

    Facts(Site site, Backend backend) {
        this.site = site;
        this.accounts = backend.accounts;
        this.factors = backend.factors;
        this.codes = backend.codes;
        this.catalogue = backend.catalogue;
        this.flags = backend.flags;
        this.publishers = backend.publishers;
    }

    @Override
    public Optional<SignedIn> session(HttpServletRequest request) {
        return site.account(request).map(account -> {
            Visitor visitor = site.visitor(request);
            return SignedIn.of(account.id(), account.name(), visitor.carrier()).evidence(visitor.evidence());
        });
    }

    @Override
    public AccountFacts account(String id) {
        return new OfAccount(id);
    }

    @Override
    public ThingFacts project(String name) {
        return ProjectName.of(name)
                .flatMap(catalogue::project)
                .map(this::project)
                .orElse(ThingValues.unknown());
    }

    ThingFacts project(Project project) {
        return new OfProject(project);
    }

    /** Every project has a public page. */
    @Override
    public boolean maySee(@Nullable Identity identity, Optional<String> project) {
        return true;
    }

    /** Facts of an account, read from the database when a rule asks. */
    private final class OfAccount implements AccountFacts {
        private final String id;
        private @Nullable Account row;

        OfAccount(String id) {
            this.id = id;
        }

        private Account row() {
            Account known = row;
            if (known == null) {
                known = accounts.byId(id).orElseThrow(() -> new IllegalStateException("no such account"));
                row = known;
            }
            return known;
        }

        @Override
        public Fact<String> id() {
            return Fact.of(id);
        }

        @Override
        public Fact<String> name() {
            return Fact.of(row().name());
        }

        @Override
        public Fact<Instant> registered() {
            return Fact.of(row().registered());
        }

        @Override
        public Fact<Instant> created() {
            return registered();
        }

        @Override
        public Fact<Set<String>> flags() {
            return Fact.of(Set.of());
        }

        @Override
        public Fact<EnrolledFactors> enrolled() {
            return Fact.of(factors.enrolled(id));
        }

        @Override
        public Fact<Boolean> emailVerified() {
            return Fact.of(row().emailVerified());
        }

        @Override
        public Fact<Boolean> recoveryCodesSaved() {
            return Fact.of(codes.status(id).isSaved());
        }

        @Override
        public Fact<Collection<ThingFacts>> maintains() {
            List<ThingFacts> all =
                    catalogue.projectsOf(id).stream().map(Facts.this::project).toList();
            return Fact.of(all);
        }

        @Override
        public Fact<Collection<ThingFacts>> memberOf() {
            return Fact.of(List.of());
        }

        @Override
        public Fact<Occurrence> event(String name) {
            return Fact.of(accounts.lastEvent(id, name).map(Occurrence::at).orElseGet(Occurrence::never));
        }
    }

    private final class OfProject implements ThingFacts {
        private final Project project;

        OfProject(Project project) {
            this.project = project;
        }

        @Override
        public Fact<String> id() {
            return Fact.of(project.id());
        }

        @Override
        public Fact<String> name() {
            return Fact.of(project.name());
        }

        @Override
        public Fact<Set<String>> flags() {
            Set<String> all = new TreeSet<>(flags.of(project.id()));
            if (!publishers.ofProject(project.id()).isEmpty()) {
                all.add(ProjectFlags.HAS_PUBLISHER);
            }
            return Fact.of(all);
        }

        @Override
        public Fact<Instant> created() {
            return Fact.of(project.created());
        }
    }
}
