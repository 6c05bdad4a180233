package dev.gatehouse.policy;

import java.util.Map;

/**
 * A text for the caller: a template and its values, put together when read.
 *
 * <p>The text is plain; whoever writes it out escapes for the medium. Values are cut at 100 characters; a value that is not
 * known prints as the word for its kind. Thread-safe.
 */
public interface Message {
    /** The id of the requirement, under which a host keeps translations; those of warnings under it and {@code .notice}. */
    String requirement();

    /** The template as the policy has it, with placeholders such as {@code {account}}. */
    String template();

    /** The values of the placeholders, without {@code {link}}. */
    Map<String, String> values();

    /** The text with these links and translations. */
    String text(MessageContext context);

    /** The text in the policy's own words, without a link. */
    default String text() {
        return text(MessageContext.plain());
    }
}
