using System.Security.Cryptography;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>The SHA-256 of every file of a bundle but the lock's.</summary>
internal static class BundleDigests
{
    public static SortedDictionary<string, string> Of(string bundle)
    {
        SortedDictionary<string, string> digests = new(StringComparer.Ordinal);
        foreach (string path in Directory.Exists(bundle) ? Directory.GetFiles(bundle) : [])
        {
            string name = Path.GetFileName(path);
            if (!name.StartsWith(".d8mirror.lock", StringComparison.Ordinal))
            {
                digests.Add(name, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
            }
        }

        return digests;
    }
}
