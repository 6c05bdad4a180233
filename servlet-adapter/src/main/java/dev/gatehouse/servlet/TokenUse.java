package dev.gatehouse.servlet;

import java.util.Objects;
import java.util.Optional;

/**
 * What a token is about to be used for, so far as its own restrictions ask.
 *
 * @param project the project by the name in the request; empty if it names none or the use is open
 * @param open whether the request is completed later, with a project that the path or the body tells: restrictions to projects are
 *     then left for the completion, everything else is checked
 * @param address where the request is from, as {@link IndexHost#address} says
 */
public record TokenUse(Optional<String> project, boolean open, String address) {
    public TokenUse {
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(address, "address");
        if (open && project.isPresent()) {
            throw new IllegalArgumentException("project: known and open");
        }
    }
}
