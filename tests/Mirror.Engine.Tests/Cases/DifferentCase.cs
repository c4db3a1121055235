namespace Mirror.Engine.Tests.Cases;

/// <summary>A case in which this product means to differ from d8.</summary>
/// <param name="Ours">Our answer, exactly as the test of the case gives it.</param>
/// <param name="Reason">The section that decides it, and what it says.</param>
public sealed record DifferentCase(string Ours, string Reason);
