package dev.gatehouse.policy.document;

/**
 * A value on its way to becoming part of a definition.
 *
 * @param key the key as a person calls it in a message
 * @param path where it stands in the document
 * @param node the value
 */
record Field(String key, String path, Node node) {
    Position at() {
        return node.at();
    }

    /** An element of this array. */
    Field item(int index, Node element) {
        return new Field(key, path + "[" + index + "]", element);
    }
}
