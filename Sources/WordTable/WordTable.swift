/// The words in headers and cells of lists, and their meanings (`Words.swift`, one word in each line).
///
/// A text in the code, because the compiler takes half a minute for the array of bytes that an embedded resource becomes.
public enum WordTable {}
