using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Cake.DeckhouseMirror.Tests.Package;

/// <summary>
/// A NuGet feed on loopback whose registration documents do not say what a package depends on, as those of some mirrors
/// of nuget.org. Clients learn it from the package itself, if they have it.
/// </summary>
internal sealed class SparseFeed : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ILookup<string, PackageFile> _packages;

    private SparseFeed(IEnumerable<PackageFile> packages)
    {
        _packages = packages.ToLookup(package => package.Id, StringComparer.OrdinalIgnoreCase);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    /// <summary>The service index.</summary>
    public string Index => $"{Root}/v3/index.json";

    private string Root => _application.Urls.Single();

    /// <summary>Starts a feed of packages that were restored on this machine.</summary>
    /// <param name="packages">Their names and versions.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<SparseFeed> StartAsync(
        IEnumerable<(string Id, string Version)> packages, CancellationToken cancellationToken)
    {
        SparseFeed feed = new(packages.Select(package => PackageFile.Restored(package.Id, package.Version)));
        await feed._application.StartAsync(cancellationToken);
        return feed;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        string[] path = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        PackageFile[] versions = path.Length > 1 ? [.. _packages[path[1]]] : [];
        switch (path)
        {
            case ["v3", "index.json"]:
                await http.Response.WriteAsJsonAsync(ServiceIndex(), http.RequestAborted);
                break;
            case ["registration", _, "index.json"] when versions.Length > 0:
                await http.Response.WriteAsJsonAsync(Registration(versions), http.RequestAborted);
                break;
            case ["flat", _, "index.json"] when versions.Length > 0:
                await http.Response.WriteAsJsonAsync(
                    new { versions = versions.Select(package => package.Version) }, http.RequestAborted);
                break;
            case ["flat", _, var version, var file] when Array.Find(versions, it => it.Version == version) is { } it:
                await SendAsync(http, it, file);
                break;
            default:
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private Dictionary<string, object> ServiceIndex() => new()
    {
        ["version"] = "3.0.0",
        ["resources"] = new[]
        {
            Resource("registration", "RegistrationsBaseUrl/3.6.0"),
            Resource("flat", "PackageBaseAddress/3.0.0"),
        },
    };

    private Dictionary<string, string> Resource(string folder, string type) => new()
    {
        ["@id"] = $"{Root}/{folder}/",
        ["@type"] = type,
    };

    private Dictionary<string, object> Registration(PackageFile[] versions) => new()
    {
        ["count"] = 1,
        ["items"] = new[]
        {
            new Dictionary<string, object>
            {
                ["@id"] = $"{Root}/registration/{versions[0].Id}/page.json",
                ["count"] = versions.Length,
                ["lower"] = versions[0].Version,
                ["upper"] = versions[^1].Version,
                ["items"] = versions.Select(Entry),
            },
        },
    };

    private Dictionary<string, object> Entry(PackageFile package)
    {
        string address = $"{Root}/registration/{package.Id}/{package.Version}.json";
        string content = $"{Root}/flat/{package.Id}/{package.Version}/{package.Id}.{package.Version}.nupkg";
        return new Dictionary<string, object>
        {
            ["@id"] = address,
            ["packageContent"] = content,
            ["catalogEntry"] = new Dictionary<string, object>
            {
                ["@id"] = address,
                ["id"] = package.Id,
                ["version"] = package.Version,
                ["listed"] = true,
                ["packageContent"] = content,
            },
        };
    }

    private static async Task SendAsync(HttpContext http, PackageFile package, string file)
    {
        if (Path.GetExtension(file) == ".nupkg")
        {
            await http.Response.SendFileAsync(package.Path, http.RequestAborted);
            return;
        }

        await using ZipArchive zip = await ZipFile.OpenReadAsync(package.Path, http.RequestAborted);
        await using Stream manifest = await zip.Entries
            .Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal))
            .OpenAsync(http.RequestAborted);
        await manifest.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
