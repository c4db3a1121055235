namespace Mirror.TestKit.Registry;

/// <summary>The only user a registry lets in.</summary>
public sealed record TestCredential(string User, string Password);
