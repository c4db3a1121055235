namespace Mirror.TestKit.Registry;

/// <summary>Thrown to the reader of a request body without a declared length when it grows beyond the limit.</summary>
internal sealed class BodyTooLargeException() : Exception("The request body is larger than the registry takes.");
