package dev.gatehouse.example.mail;

/** What the mails about trusted publishers and leaked tokens say. */
final class PublishingTexts {
    private static final String NOT_EXPECTED = """

        If you did not expect this, look at the project's people and its page about publishing, and remove what does not
        belong there.
        """;

    private PublishingTexts() {}

    static MailText added(String publisher, String project, String by) {
        return new MailText(
                "trusted-publisher-added",
                "A trusted publisher was added to " + project,
                """
                The user "%s" has added a trusted publisher to the project "%s", which you own:

                  %s

                Its runs can upload releases of the project.
                """.formatted(by, project, publisher) + NOT_EXPECTED);
    }

    static MailText removed(String publisher, String project, String by) {
        return new MailText(
                "trusted-publisher-removed",
                "A trusted publisher was removed from " + project,
                """
                The user "%s" has removed a trusted publisher from the project "%s", which you own:

                  %s

                Its runs can upload no more, with tokens that they have already neither.
                """.formatted(by, project, publisher) + NOT_EXPECTED);
    }

    static MailText reified(String publisher, String project) {
        return new MailText(
                "pending-trusted-publisher-reified", "Your pending publisher has made " + project, """
                    The first run of your pending publisher has come, and has made the project "%s", which you own now:

                      %s
                    """.formatted(
                                project, publisher));
    }

    static MailText invalidated(String publisher, String project) {
        return new MailText(
                "pending-trusted-publisher-invalidated",
                "Your pending publisher for " + project + " is void",
                """
                Somebody else has made a project with the name "%s", or one so like it that there is no second. Your pending
                publisher for this name is removed:

                  %s
                """.formatted(project, publisher));
    }

    static MailText expired(String publisher, String project) {
        return new MailText(
                "pending-trusted-publisher-expired",
                "Your pending publisher for " + project + " is over",
                """
                No run of your pending publisher for the project "%s" has come for 30 days. It is removed:

                  %s

                You can register it again.
                """.formatted(project, publisher));
    }

    static MailText expiring(String publisher, String project, String day) {
        return new MailText(
                "pending-trusted-publisher-expiration-reminder",
                "Your pending publisher for " + project + " is soon over",
                """
                No run of your pending publisher for the project "%s" has come yet. It is removed on %s:

                  %s
                """.formatted(project, day, publisher));
    }

    static MailText environmentIgnored(String publisher, String project, String environment, String link) {
        return new MailText(
                "environment-ignored-in-trusted-publisher",
                "A trusted publisher of " + project + " takes runs of any environment",
                """
                A run in the environment "%s" has published the project "%s", whose trusted publisher takes runs of any:

                  %s

                Whoever can change the workflow can publish without that environment, and past whoever has to agree to it.
                Hold the publisher to the environment here:

                  %s
                """.formatted(environment, project, publisher, link));
    }

    static MailText tokenBesidePublisher(String project, String user, String link) {
        return new MailText(
                "api-token-used-in-trusted-publisher-project",
                "An API token was used where a trusted publisher could be",
                """
                An API token of the user "%s" has uploaded to the project "%s", which has a trusted publisher. If releases
                come from its runs, the token is of no use to you and of use to whoever finds it: revoke it.

                  %s

                You are told once for each token.
                """.formatted(user, project, link) + NOT_EXPECTED);
    }

    static MailText tokenLeaked(String account, String token, String origin, String url) {
        return new MailText("token-compromised-leak", "An API token of yours was found in public", """
            %s has found an API token of the account "%s" in public: "%s". It is revoked, and all copies of it.

              Where it was found, as we were told: %s

            Look at your uploads since it was made, and make a new token where you need one.
            """.formatted(
                        origin, account, token, url));
    }

    static MailText runTokenLeaked(String projects, String origin, String url) {
        return new MailText(
                "token-compromised-leak", "A token of a trusted publisher was found in public", """
                    %s has found a token of a trusted publisher's run in public, which was good for: %s. It is revoked, and all
                    copies of it. Such a token lives for fifteen minutes.

                      Where it was found, as we were told: %s

                    Look at the workflow that has shown it, and at the uploads of that time.
                    """.formatted(
                                origin, projects, url));
    }
}
