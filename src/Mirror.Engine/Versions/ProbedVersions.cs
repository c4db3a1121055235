using System.Collections.Immutable;

namespace Mirror.Engine.Versions;

/// <summary>What a probe found, and where it left off.</summary>
/// <param name="Found">The tags that are there, ascending.</param>
/// <param name="Ends">
/// The tags at which a series of versions was given up although more of it may be there: missing ones, and such as the
/// constraint leaves out in the middle. None: everything the constraint admits was looked at.
/// </param>
internal sealed record ProbedVersions(ImmutableArray<string> Found, ImmutableArray<string> Ends);
