package dev.gatehouse.token;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.token.ApiTokenRepository.Change;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Revokes a token that others have seen. Nothing about it is asked but whether its chain of signatures verifies: whoever holds an
 * expired, restricted or suspended copy may hold, or come to hold, another that is none of that.
 */
final class LeakRevocation {
    private final ApiTokenRepository repository;
    private final TokenVerifier verifier;
    private final CaveatKinds kinds;

    LeakRevocation(ApiTokenRepository repository, TokenVerifier verifier, CaveatKinds kinds) {
        this.repository = repository;
        this.verifier = verifier;
        this.kinds = kinds;
    }

    Leak revoke(String text, LeakSource source, Instant now) {
        String token = trimmed(text);
        String prefix = TokenFormat.prefixOf(token);
        // Prefix and location are not signed: a copy that has them changed gives the token away all the same.
        Macaroon macaroon = prefix == null ? null : TokenFormat.parse(token, prefix);
        StoredToken stored = macaroon == null ? null : verifier.signed(macaroon);
        if (stored == null) {
            return new Leak.NotGenuine();
        }
        ApiToken leaked = stored.token();
        Change change =
                TokenVerifier.answered(repository.revoke(leaked.id(), leaked.owner(), now, event(leaked, source, now)));
        return switch (change) {
            case CHANGED -> new Leak.Revoked(leaked);
            case UNCHANGED -> new Leak.AlreadyRevoked(leaked);
            // Purged since it was read: nothing is left that could be used.
            case NOT_FOUND -> new Leak.NotGenuine();
        };
    }

    /** Without what scanners take along: white space, and padding that a token of ours never has. */
    private static String trimmed(String text) {
        String token = text.strip();
        int end = token.length();
        while (end > 0 && token.charAt(end - 1) == '=') {
            end--;
        }
        return token.substring(0, end);
    }

    private AuditEvent event(ApiToken leaked, LeakSource source, Instant now) {
        boolean ofRun = leaked.owner() instanceof TokenOwner.Publisher;
        AuditEvent.Builder event = AuditEvent.of(
                        ofRun ? AuditTag.PROJECT_TOKEN_REMOVED : AuditTag.TOKEN_REMOVED_LEAK, now)
                .actor(source.origin())
                .subject(leaked.id())
                .attribute("origin", source.origin())
                .attribute("url", source.url())
                .attribute("reach", leaked.reach().id())
                .attribute("caveats", String.join(",", leaked.restrictions()));
        if (leaked.owner() instanceof TokenOwner.Account account) {
            event.account(account.id());
        } else {
            event.attribute("owner", leaked.owner().text());
        }
        if (ofRun) {
            event.attribute("reason", "leak");
        }
        if (source.place() != null) {
            event.attribute("source", source.place());
        }
        leaked.name().ifPresent(name -> event.attribute("name", name));
        return withProjects(event, projects(leaked.restrictions()));
    }

    /**
     * Names the projects, for their owners have to be told: in as many attributes as it takes, so that no name is cut in two. If there
     * are not enough, the last is cut as any other.
     */
    private static AuditEvent withProjects(AuditEvent.Builder event, List<String> names) {
        int last = AuditEvent.MAX_ATTRIBUTES - event.build().attributes().size();
        int number = 1;
        StringBuilder part = new StringBuilder();
        for (String name : names) {
            boolean isFull = part.length() + 1 + name.length() > AuditEvent.MAX_VALUE_LENGTH;
            if (!part.isEmpty() && isFull && number < last) {
                event.attribute(projectsAttribute(number), part.toString());
                part.setLength(0);
                number++;
            }
            part.append(part.isEmpty() ? "" : ",").append(name);
        }
        if (!part.isEmpty()) {
            event.attribute(projectsAttribute(number), part.toString());
        }
        return event.build();
    }

    private static String projectsAttribute(int number) {
        return number == 1 ? "projects" : "projects." + number;
    }

    /** The names of the projects that the server's record restricts it to. */
    private List<String> projects(List<String> restrictions) {
        return restrictions.stream()
                .map(kinds::read)
                .flatMap(reading -> reading instanceof CaveatReading.Understood understood
                                && understood.caveat() instanceof StandardCaveat.ProjectName named
                        ? named.names().stream()
                        : Stream.<String>empty())
                .distinct()
                .toList();
    }
}
