package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every page shows beside its own content.
 *
 * @param address of the index, for commands to copy
 * @param path of the page itself, to mark its link
 * @param csrf the token that every form sends back
 * @param notes lines above the content
 * @param bar what a demonstration server says of itself; null on any other
 */
public record Page(
        String site,
        String address,
        String title,
        String path,
        @Nullable Account account,
        String csrf,
        List<Note> notes,
        @Nullable Bar bar) {

    /**
     * The line above every page of a server that is only for this machine.
     *
     * @param time the server's
     * @param code the present code of the demonstration account, null without one
     * @param mails in the outbox, -1 if there is none
     * @param demo whether build services are demonstrated
     */
    public record Bar(
            String time, @Nullable String codeOf, @Nullable String code, int mails, boolean demo) {}

    /** Whether the page lies at or below the path, for the navigation. */
    public boolean isAt(String prefix) {
        return path.startsWith(prefix);
    }
}
