namespace Mirror.Engine;

/// <summary>What a push did in one repository.</summary>
/// <param name="Repository">The repository at the target, without host.</param>
/// <param name="Pushed">Tags that were written.</param>
/// <param name="AlreadyThere">Tags that were there as planned before, and were left alone.</param>
public sealed record ReportedRepository(string Repository, int Pushed, int AlreadyThere);
