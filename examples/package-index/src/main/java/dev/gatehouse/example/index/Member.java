package dev.gatehouse.example.index;

/** Somebody who may publish to a project. */
public record Member(String account, Role role) {
    /** What a member may do. */
    public enum Role {
        OWNER,
        MAINTAINER
    }
}
