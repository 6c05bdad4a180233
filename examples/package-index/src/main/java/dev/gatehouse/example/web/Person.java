package dev.gatehouse.example.web;

import dev.gatehouse.example.index.Member;

/** Somebody who works on a project, by name. */
public record Person(String id, String name, Member.Role role) {}
