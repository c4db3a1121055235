using System.Globalization;
using System.Numerics;

namespace Mirror.Engine.Versions;

/// <summary>
/// Finds versions where tags cannot be listed, behind a proxy registry, by asking for one tag after the other
/// (docs/behaviour/pull.md#probing). A gap ends a patch series, and a missing <c>.0</c> ends a major line. Each
/// alternative of a constraint is walked from its own smallest version.
/// </summary>
/// <param name="exists">Whether a tag is there; what it throws ends the walk.</param>
internal sealed class VersionProbe(Func<string, CancellationToken, Task<bool>> exists)
{
    /// <summary>A registry that says yes to everything would be asked for ever.</summary>
    internal const int MaxRequests = 10_000;

    /// <exception cref="MirrorException">The registry finds no end of versions (D8M2011).</exception>
    public async Task<ProbedVersions> FindAsync(
        VersionConstraint constraint,
        SelectionRules rules,
        CancellationToken cancellationToken)
    {
        SortedSet<SemanticVersion> found = [];
        SortedSet<SemanticVersion> ends = [];
        int requests = 0;
        foreach (ComparisonGroup alternative in constraint.Alternatives(rules))
        {
            await WalkAsync(alternative).ConfigureAwait(false);
        }

        ends.ExceptWith(found);
        return new ProbedVersions(
            [.. found.Select(version => version.ToTag())], [.. ends.Select(version => version.ToTag())]);

        async Task WalkAsync(ComparisonGroup alternative)
        {
            SemanticVersion start = alternative.LowerBound;
            (BigInteger major, BigInteger minor, BigInteger patch) = (start.Major, start.Minor, start.Patch);
            bool more;
            do
            {
                while (await GoesOnAsync().ConfigureAwait(false))
                {
                    patch++;
                }

                (minor, patch) = (minor + 1, 0);
                more = await GoesOnAsync().ConfigureAwait(false);
                if (!more)
                {
                    (major, minor) = (major + 1, 0);
                    more = await GoesOnAsync().ConfigureAwait(false);
                }

                patch++;
            }
            while (more);

            async Task<bool> GoesOnAsync()
            {
                cancellationToken.ThrowIfCancellationRequested();
                SemanticVersion version = SemanticVersion.Create(major, minor, patch);
                if (alternative.Accepts(version))
                {
                    bool there = await AskAsync(version).ConfigureAwait(false);
                    (there ? found : ends).Add(version);
                    return there;
                }

                // d8 0.33 gives a line up at a version that the constraint leaves out, such as the bound of >1.64.0.
                bool isLeftOut = alternative.Accepts(SemanticVersion.Create(major, minor, patch + 1));
                bool stepsOver = isLeftOut && rules == SelectionRules.V025;
                bool hasMore = isLeftOut
                    || (patch.IsZero && alternative.Accepts(SemanticVersion.Create(major, minor + 1, 0)));
                if (hasMore && !stepsOver)
                {
                    ends.Add(version);
                }

                return stepsOver;
            }
        }

        Task<bool> AskAsync(SemanticVersion version) => ++requests > MaxRequests
            ? throw new MirrorException(Endless(constraint))
            : exists(version.ToTag(), cancellationToken);
    }

    private static Fault Endless(VersionConstraint constraint) => new(
        FaultCode.UnexpectedAnswer,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The registry was asked {MaxRequests} times for versions of '{constraint}' and there was no end to them."),
        "Check that the registry answers 404 for tags it does not have, or bound the constraint from above.");
}

/// <summary>What a probe found, and where it left off.</summary>
/// <param name="Found">The tags that are there, ascending.</param>
/// <param name="Ends">
/// The tags at which a series of versions was given up although more of it may be there: missing ones, and such as the
/// constraint leaves out in the middle. None: everything the constraint admits was looked at.
/// </param>
internal sealed record ProbedVersions(ImmutableArray<string> Found, ImmutableArray<string> Ends);
