package dev.gatehouse.publisher;

/**
 * GitLab's pages on {@code gitlab.io}: the top group is the host, subgroups and project are the path; a project that is named as the
 * host has the whole of it. Pages on a domain of their own say nothing of the project, and instances of one's own have other hosts.
 */
final class GitLabPages {
    private GitLabPages() {}

    static boolean covers(PublisherSettings settings, String url) {
        String namespace = settings.value("namespace").orElse("");
        String project = settings.value("project").orElse("");
        if (namespace.isEmpty() || project.isEmpty() || !settings.issuer().equals("https://gitlab.com")) {
            return false;
        }
        int slash = namespace.indexOf('/');
        String host = (slash < 0 ? namespace : namespace.substring(0, slash)) + ".gitlab.io";
        String below = slash < 0 ? "/" : namespace.substring(slash) + "/";
        String reference = slash < 0 && project.equals(host) ? "https://" + host : "https://" + host + below + project;
        return PublisherSite.isBelow(reference, url, true);
    }
}
