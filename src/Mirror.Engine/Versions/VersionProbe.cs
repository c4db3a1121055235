using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Versions;

/// <summary>
/// Finds versions where tags cannot be listed, behind a proxy registry, by asking for one tag after the other
/// (spec/pull.md 3.9). A gap ends a patch series, and a missing <c>.0</c> ends a major line.
/// </summary>
/// <param name="exists">Whether a tag is there; what it throws ends the walk.</param>
internal sealed class VersionProbe(Func<string, CancellationToken, Task<bool>> exists)
{
    /// <summary>A registry that says yes to everything would be asked for ever.</summary>
    internal const int MaxRequests = 10_000;

    /// <summary>The tags found, ascending.</summary>
    /// <exception cref="MirrorException">The registry finds no end of versions (D8M2011).</exception>
    public async Task<ImmutableArray<string>> FindAsync(
        VersionConstraint constraint,
        SelectionRules rules,
        CancellationToken cancellationToken)
    {
        SemanticVersion start = constraint.LowerBound;
        (BigInteger major, BigInteger minor, BigInteger patch) = (start.Major, start.Minor, start.Patch);
        ImmutableArray<string>.Builder found = ImmutableArray.CreateBuilder<string>();
        int requests = 0;
        bool more;
        do
        {
            while (await IsThereAsync().ConfigureAwait(false))
            {
                patch++;
            }

            (minor, patch) = (minor + 1, 0);
            more = await IsThereAsync().ConfigureAwait(false);
            if (!more)
            {
                (major, minor) = (major + 1, 0);
                more = await IsThereAsync().ConfigureAwait(false);
            }

            patch++;
        }
        while (more);

        return found.ToImmutable();

        async Task<bool> IsThereAsync()
        {
            cancellationToken.ThrowIfCancellationRequested();
            SemanticVersion version = SemanticVersion.Of(major, minor, patch);
            if (!constraint.Admits(version, rules))
            {
                return false;
            }

            if (++requests > MaxRequests)
            {
                throw new MirrorException(Endless(constraint));
            }

            bool there = await exists(version.ToTag(), cancellationToken).ConfigureAwait(false);
            if (there)
            {
                found.Add(version.ToTag());
            }

            return there;
        }
    }

    private static Fault Endless(VersionConstraint constraint) => new(
        FaultCode.UnexpectedAnswer,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The registry was asked {MaxRequests} times for versions of '{constraint}' and there was no end to them."),
        "Check that the registry answers 404 for tags it does not have, or bound the constraint from above.");
}
