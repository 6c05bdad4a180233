package dev.gatehouse.servlet;

import dev.gatehouse.policy.Message;
import dev.gatehouse.policy.Refusal;
import dev.gatehouse.policy.rule.Remedy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Why a browser was sent to another page, to be shown there once: the id of the requirement and the values of its text.
 *
 * <p>It is kept in the session, never in the address, and as JDK types only, so that a clustered session needs none of ours. The
 * values are plain text that others chose: the page escapes them. Immutable and thread-safe.
 *
 * @param requirement the id of the requirement, under which the policy has the text
 * @param remedy the step to take
 * @param template the text with placeholders, as the policy had it
 * @param values the values of its placeholders, without {@code {link}}
 */
public record Flash(String requirement, Remedy remedy, String template, Map<String, String> values) {
    private static final String KEY = "dev.gatehouse.flash";
    private static final int MOST = 8;

    public Flash {
        Objects.requireNonNull(requirement, "requirement");
        Objects.requireNonNull(remedy, "remedy");
        Objects.requireNonNull(template, "template");
        values = Map.copyOf(values);
    }

    static Flash of(Refusal refusal) {
        Message message = refusal.message();
        return new Flash(refusal.requirement(), refusal.way().first(), message.template(), message.values());
    }

    /** Takes what is to be shown out of the session. */
    public static List<Flash> take(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return List.of();
        }
        List<Flash> flashes = read(session);
        session.removeAttribute(KEY);
        return flashes;
    }

    /** Keeps it in the session if there is one; without a session nobody is signed in, and the page says enough. */
    void keep(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return;
        }
        List<Flash> all = new ArrayList<>(read(session));
        all.removeIf(flash -> flash.requirement.equals(requirement));
        all.add(this);
        ArrayList<LinkedHashMap<String, String>> rows = new ArrayList<>();
        for (Flash flash : all.subList(Math.max(0, all.size() - MOST), all.size())) {
            LinkedHashMap<String, String> row = new LinkedHashMap<>();
            row.put("requirement", flash.requirement);
            row.put("remedy", flash.remedy.id());
            row.put("template", flash.template);
            flash.values.forEach((name, value) -> row.put("value." + name, value));
            rows.add(row);
        }
        session.setAttribute(KEY, rows);
    }

    private static List<Flash> read(HttpSession session) {
        List<Flash> flashes = new ArrayList<>();
        if (session.getAttribute(KEY) instanceof List<?> rows) {
            for (Object row : rows) {
                if (row instanceof Map<?, ?> map
                        && map.get("requirement") instanceof String requirement
                        && map.get("remedy") instanceof String remedy
                        && map.get("template") instanceof String template) {
                    Map<String, String> values = new LinkedHashMap<>();
                    map.forEach((name, value) -> {
                        if (name instanceof String n && n.startsWith("value.") && value instanceof String v) {
                            values.put(n.substring("value.".length()), v);
                        }
                    });
                    Remedy.of(remedy).ifPresent(r -> flashes.add(new Flash(requirement, r, template, values)));
                }
            }
        }
        return List.copyOf(flashes);
    }

    /**
     * The text, plain; the page escapes it.
     *
     * @param link the page of the first step, for {@code {link}}
     */
    public String text(String link) {
        StringBuilder out = new StringBuilder(template.length() + 32);
        int at = 0;
        while (at < template.length()) {
            char c = template.charAt(at);
            int end = c == '{' ? template.indexOf('}', at) : -1;
            if (c == '{' && template.startsWith("{{", at)) {
                out.append('{');
                at += 2;
            } else if (end > 0) {
                String name = template.substring(at + 1, end);
                out.append(name.equals("link") ? link : values.getOrDefault(name, "the " + name.replace('-', ' ')));
                at = end + 1;
            } else {
                out.append(c);
                at++;
            }
        }
        return out.toString();
    }
}
