namespace GmmNative.TestSupport;

/// <summary>Makes damaged copies of Linux libraries.</summary>
public static class DamagedLibrary
{
    private const int Page = 4096;

    /// <summary>What the loader is to say of a file that was damaged so.</summary>
    public static string Message(LibraryDamage damage) => damage switch
    {
        LibraryDamage.Deleted => "no such file",
        LibraryDamage.Empty => "the file is empty",
        LibraryDamage.HundredBytes or LibraryDamage.Half or LibraryDamage.PageLess => "the file is truncated",
        LibraryDamage.Text => "not a shared library",
        _ => "wrong architecture",
    };

    /// <summary>Writes a damaged copy; what stood there before, a link too, is replaced.</summary>
    public static void Write(string library, string copy, LibraryDamage damage)
    {
        File.Delete(copy);
        if (damage == LibraryDamage.Deleted)
        {
            return;
        }

        if (damage == LibraryDamage.Text)
        {
            File.WriteAllText(copy, "/* GNU ld script, which is what some packages for developers have in this place */ INPUT(-lm)\n");
            return;
        }

        using FileStream source = File.OpenRead(library);
        using FileStream target = File.Create(copy);
        Copy(source, target, damage switch
        {
            LibraryDamage.Empty => 0,
            LibraryDamage.HundredBytes => 100,
            LibraryDamage.Half => source.Length / 2,
            LibraryDamage.PageLess => source.Length - Page,
            _ => source.Length,
        });
        if (damage is LibraryDamage.OtherMachine)
        {
            // The header's e_machine: EM_AARCH64.
            target.Position = 18;
            target.Write([183, 0]);
        }
        else if (damage is LibraryDamage.OtherWidth)
        {
            // The header's EI_CLASS: ELFCLASS32; e_machine: EM_386.
            target.Position = 4;
            target.WriteByte(1);
            target.Position = 18;
            target.Write([3, 0]);
        }
    }

    private static void Copy(FileStream source, FileStream target, long length)
    {
        byte[] buffer = new byte[1 << 20];
        for (long left = length; left > 0;)
        {
            int count = source.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            target.Write(buffer, 0, count);
            left -= count;
        }
    }
}
